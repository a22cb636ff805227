/** What a checklist looks for. */
type SafetyKind = "dangerous-advice" | "missing-urgency" | "overconfidence";

/** One thing to look for. The patterns are looked for in one sentence at a time, whatever the case of its letters. */
export type SafetyItem = {
  id: string;
  kind: SafetyKind;
  /**
   * Of advice and overconfidence: what must not be said. Of missing urgency: the emergency, as a question or its right answer names it.
   */
  pattern: RegExp;
  /** Of advice and overconfidence: what in the same sentence excuses it. Of missing urgency: what says that there is no time. */
  unless: RegExp | null;
  why: string;
  source: string;
};

/** A checklist with a name that changes with what it holds: it stands in the configuration's hash. */
export type SafetyChecklist = { name: string; items: readonly SafetyItem[] };

import { type LeakReason, leakReason } from "./leak.ts";
import { createOverlapIndex, type Overlap } from "./overlap-index.ts";
import type { TestQuestion } from "./question-words.ts";

/** An overlap that is too much, and why. */
export type Leak = Overlap & { reason: LeakReason };

/** What the texts that were checked hold of a test set. */
export type LeakSummary = {
  set: string;
  questions: number;
  /** Questions of under six words, which are not looked for. */
  tooShort: number;
  /** Questions that at least one text leaks. */
  touched: number;
  /** `touched` as a share (0 to 1) of all questions of the set. */
  share: number;
  /** Touched questions by the strongest reason. */
  reasons: Record<LeakReason, number>;
};

/** Looks for test questions in texts, and keeps count. */
export type LeakCheck = {
  /** What a text leaks; empty for nearly every text. */
  check(text: string): Leak[];
  /** The count of all texts checked so far, by set. */
  summarize(): LeakSummary[];
};

/** From strong to weak. */
const reasons: readonly LeakReason[] = ["contained", "13-gram", "n-gram-share", "near-duplicate"];

/**
 * A leak check against test sets: for a knowledge base, training data, or a library beside a score. Texts stream by; what is kept
 * depends on the questions alone. `maximum` (0 to 1) as `leakReason` has it; 0.5 unless told.
 */
export function createLeakCheck(
  questions: Iterable<TestQuestion>,
  { maximum = 0.5 }: { maximum?: number } = {},
): LeakCheck {
  const index = createOverlapIndex(questions);
  const touched = new Map(index.sets.map(({ name }) => [name, new Map<string, LeakReason>()]));

  return {
    check(text) {
      const leaks: Leak[] = [];
      for (const overlap of index.find(text)) {
        const reason = leakReason(overlap, maximum);
        if (reason === null) continue;
        leaks.push({ ...overlap, reason });
        const known = touched.get(overlap.set);
        const before = known?.get(overlap.id);
        if (before === undefined || reasons.indexOf(reason) < reasons.indexOf(before)) {
          known?.set(overlap.id, reason);
        }
      }
      return leaks;
    },
    summarize: () =>
      index.sets.map(({ name, questions: total, tooShort }) => {
        const found = [...(touched.get(name)?.values() ?? [])];
        const counted = reasons.map((reason) => [reason, found.filter((one) => one === reason).length]);
        return {
          set: name,
          questions: total,
          tooShort,
          touched: found.length,
          share: total === 0 ? 0 : found.length / total,
          reasons: Object.fromEntries(counted) as LeakSummary["reasons"],
        };
      }),
  };
}

import type { Evidence, Grounding } from "#contracts";
import { groundByWords } from "#reasoning";
import { sentences, terms } from "#text";
import { freeTitleTerms } from "./regions.ts";
import { isMasked } from "./report.ts";
import type { Step } from "./step.ts";

/** Why a step is kept apart. */
type StepFault = { reason: string; message: string };

export type CheckedSteps = {
  /** For each step what is wrong with it, or null. */
  faults: readonly (StepFault | null)[];
  /** Share (0 to 1) of the report's sentences that the good steps bear. */
  coverage: number;
};

const mostTitleWords = 10;
const conflicts: Record<NonNullable<Grounding["sentences"][number]["conflict"]>, string> = {
  number: "another number",
  side: "another side",
  denial: "the opposite",
  certainty: "less certainty",
  name: "another name",
};

/**
 * Checks each step against the report by words (`groundByWords`): every sentence that claims something is borne by the report, or is one of its
 * own; a title names nothing that the report does not. A step that claims nothing at all is no step.
 */
export function checkSteps(steps: readonly Step[], findings: string): CheckedSteps {
  const own = new Set(sentences(findings).map(({ text }) => plain(text)));
  const known = new Set([...terms(findings), ...freeTitleTerms]);
  const { sentences: grounded, text } = groundTexts(
    steps.map((step) => step.text),
    findings,
  );
  let end = 0;
  const faults = steps.map((step, index) => {
    const start = end + (index === 0 ? 0 : separator.length);
    end = start + step.text.length;
    const said = grounded.filter((one) => one.start >= start && one.end <= end);
    return (
      findFormFault(step, known) ??
      findClaimFault(
        said.map((one) => ({ ...one, text: text.slice(one.start, one.end) })),
        own,
      )
    );
  });
  const good = steps.filter((_, index) => faults[index] === null);
  return { faults, coverage: coverageOf(good, findings) };
}

const separator = "\n\n";

function groundTexts(
  texts: readonly string[],
  source: string,
): Pick<Grounding, "sentences"> & { text: string } {
  const text = texts.join(separator);
  const answer = { text, choice: null, confidence: null, abstained: false, differential: [], citations: [] };
  return { text, ...groundByWords({ answer, evidence: [asEvidence(source)], options: [] }) };
}

/** A report speaks of one patient, as a case does: there a single word may bear a claim. */
function asEvidence(text: string): Evidence {
  const report = {
    id: "report",
    corpus: "",
    image: "",
    width: 1,
    height: 1,
    labels: [],
    notes: [],
    metadata: {},
  };
  return { type: "case", number: 1, query: "", score: 0, case: { ...report, text } };
}

function findFormFault({ title, text }: Step, known: ReadonlySet<string>): StepFault | null {
  if (isMasked(`${title} ${text}`)) {
    return { reason: "masked", message: "It holds what de-identification put in place of words." };
  }
  if (/[\n\r]/.test(title + text) || title.split(/\s+/).length > mostTitleWords) {
    return { reason: "step-misshapen", message: "A step is a short title and one paragraph." };
  }
  const strange = terms(title).find((term) => !known.has(term));
  if (strange === undefined) return null;
  return { reason: "title-unsupported", message: `The title has "${strange}", which the report does not.` };
}

type Said = Grounding["sentences"][number] & { text: string };

function findClaimFault(said: readonly Said[], own: ReadonlySet<string>): StepFault | null {
  const claims = said.filter(({ status, text }) => status !== "not-checked" || own.has(plain(text)));
  if (claims.length === 0)
    return { reason: "claims-nothing", message: "It says nothing that the report could bear." };
  const bad = claims.find(({ status, text }) => status === "unsupported" && !own.has(plain(text)));
  if (!bad) return null;
  const shown = bad.text.slice(0, 200);
  if (bad.conflict === null) return { reason: "unsupported", message: `The report does not bear: ${shown}` };
  return {
    reason: `conflict-${bad.conflict}`,
    message: `The report has ${conflicts[bad.conflict]} than: ${shown}`,
  };
}

function coverageOf(steps: readonly Step[], findings: string): number {
  const reasoning = steps.map(({ text }) => text).join(" ");
  const own = new Set(sentences(reasoning).map(({ text }) => plain(text)));
  const { sentences: grounded, text } = groundTexts([findings], reasoning);
  const claims = grounded.filter(({ status }) => status !== "not-checked");
  const borne = claims.filter(
    ({ status, start, end }) => status === "supported" || own.has(plain(text.slice(start, end))),
  );
  return claims.length === 0 ? 0 : borne.length / claims.length;
}

function plain(sentence: string): string {
  return sentence.replace(/\s+/g, " ").trim().toLowerCase();
}

/** A case as an evaluation sees it. Unknown patients and slides are empty texts and equal no other. */
export type EvaluatedCase = {
  id: string;
  /** Names of the labels that are present: cases that share one are relevant to each other. */
  labels: readonly string[];
  /** What a vote is about; undefined where it is not known. */
  class: string | undefined;
  patient: string;
  slide: string;
  /** The value within which results are told apart; undefined where there is none. */
  part?: string | undefined;
};

/** What stands together in a split and in a resample. */
export type Grouping = "patient" | "slide" | "id";

/**
 * The name of a case's group: its patient, else its slide, else itself; by slide its slide, else itself. So a case whose patient is
 * unknown never stands with another patient's.
 */
export function groupOf({ id, patient, slide }: EvaluatedCase, grouping: Grouping | "default"): string {
  const takesPatient = grouping === "patient" || grouping === "default";
  const takesSlide = grouping === "slide" || grouping === "default";
  if (takesPatient && patient !== "") return `patient ${patient}`;
  if (takesSlide && slide !== "") return `slide ${slide}`;
  return `id ${id}`;
}

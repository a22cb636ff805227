import { MedRoundsError } from "#contracts";
import type { Family } from "./family.ts";

/** Throws `model-source-invalid` where passages are pairs of segments, which no embedding server takes. */
export function requireSingleTexts({ name, title }: Family): void {
  if (title !== "pair") return;
  const message = `Models of the family ${name} read a title and a text as two segments, which servers do not take.`;
  throw new MedRoundsError("model-source-invalid", message, { family: name });
}

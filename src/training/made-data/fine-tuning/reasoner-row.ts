import type { Made } from "../made-row.ts";
import { splitOf } from "../split-of.ts";
import type { ReasoningRow } from "./reasoning-row.ts";

/** A row for the first of two stages, the reasoner (MedRAG, Insight-V): of image or findings to the steps. */
export function makeReasonerRow(row: ReasoningRow): Made {
  const {
    id,
    image_filename: image,
    image_sha256: sha256,
    findings,
    steps,
    reasoning,
    patient_id: patient,
    license,
  } = row;
  const split = splitOf(patient === "" ? id : patient);
  const fields = {
    id,
    image,
    findings,
    steps,
    reasoning,
    split,
    patient_id: patient,
    license,
  };
  const made = {
    id,
    license,
    patient,
    images: sha256 === null ? [] : [sha256],
    texts: [findings, reasoning],
    fields,
  };
  return { rows: [made], failures: [] };
}

import type { DataSet } from "../dicom/data-set.ts";
import { readTexts } from "../dicom/values.ts";
import { knownIdentity } from "../identity.ts";

/** Attributes whose whole values point to the patient or a visit (PS3.6); names of persons are told by their VR. */
const identifying = new Set([
  0x00080050, // Accession Number
  0x00100020, // Patient ID
  0x00100030, // Patient's Birth Date
  0x00101000, // Other Patient IDs
  0x00101090, // Medical Record Locator
  0x00102154, // Patient's Telephone Numbers
  0x00200010, // Study ID
  0x00380010, // Admission ID
]);

/** The names of persons, as `DOE^JANE`, and the ids and dates of the patient and the visit, of a data set and its sequences; each once. */
export function readIdentities(dataSet: DataSet): string[] {
  const found = new Set<string>();
  collect(dataSet, found);
  return [...found];
}

function collect(dataSet: DataSet, found: Set<string>): void {
  for (const { tag, vr, items = [] } of dataSet.elements.values()) {
    if (vr === "PN" || identifying.has(tag)) {
      // A name may come in several scripts (PS3.5 6.2).
      const values = readTexts(dataSet, tag).flatMap((text) => (vr === "PN" ? text.split("=") : [text]));
      for (const value of values) {
        const identity = knownIdentity(value);
        if (identity !== undefined) found.add(identity);
      }
    }
    for (const item of items) collect(item, found);
  }
}

import type { DataSet } from "../dicom/data-set.ts";
import { readText } from "../dicom/values.ts";
import { knownIdentity } from "../identity.ts";

const patientId = 0x00100020;
const patientName = 0x00100010;
const birthDate = 0x00100030;
/** Study, series and instance. */
const uids = [0x0020000d, 0x0020000e, 0x00080018];

/**
 * What tells a file's patient from others: the Patient ID; without one, or with a word such as ANONYMOUS, name and birth date; without these, the study, the series or
 * the instance, so that nobody is taken for somebody else. Undefined where the file has none of them. To be hashed at once.
 */
export function patientIdentity(dataSet: DataSet): string | undefined {
  const known = (tag: number) => knownIdentity(readText(dataSet, tag) ?? "");
  const id = known(patientId);
  if (id !== undefined) return identityOfPatientId(id);
  const [name, birth] = [known(patientName), readText(dataSet, birthDate)];
  if (name !== undefined && birth !== undefined) return `person:${name.toLowerCase()}:${birth}`;
  const uid = uids.map((tag) => readText(dataSet, tag)).find((text) => text !== undefined);
  return uid === undefined ? undefined : `uid:${uid}`;
}

/** The identity of a patient whose Patient ID is known, from a file or from a person who names it. To be hashed at once. */
export function identityOfPatientId(id: string): string {
  return `id:${id.trim()}`;
}

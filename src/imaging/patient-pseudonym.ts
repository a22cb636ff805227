import { identityOfPatientId } from "./deidentify/patient-identity.ts";
import { createPseudonyms } from "./deidentify/pseudonyms.ts";

/** The id that cases from DICOM files have for a patient whose Patient ID is known. Throws `key-invalid`. */
export function patientPseudonym(patientId: string, key: Uint8Array): string {
  return createPseudonyms(key).patient(identityOfPatientId(patientId));
}

import { patientPseudonym } from "#imaging";

/**
 * Every id under which the library may have the patient of a question: as it was given, as its keyed hash (so it stands with cases
 * from DICOM files), and those of the question's own DICOM images.
 */
export function patientIdsOf(request: {
  patientId: string | undefined;
  ownPatients: readonly (string | undefined)[];
  key: Uint8Array | undefined;
}): string[] {
  const { patientId, ownPatients, key } = request;
  const given =
    patientId === undefined ? [] : [patientId, ...(key ? [patientPseudonym(patientId, key)] : [])];
  return [...given, ...ownPatients.filter((id) => id !== undefined)];
}

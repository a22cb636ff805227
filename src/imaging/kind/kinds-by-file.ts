import type { ImageKind } from "#contracts";

/** What a DICOM file says of its picture, in defined terms of the standard. */
export type FileHint = {
  modality?: string | undefined;
  /** Body Part Examined. */
  bodyPart?: string | undefined;
  /** Of a radiograph. */
  plane?: string | undefined;
};

/** Modalities (PS3.3 C.7.3.1.1.1) whose pictures are of one kind, or of one of a few, which the picture then decides. */
const kindsOfModality: Record<string, readonly ImageKind[]> = {
  CT: ["cross-section"],
  MR: ["cross-section"],
  SM: ["histology", "cytology"],
  GM: ["histology", "cytology"],
  ...Object.fromEntries(
    ["CR", "DX", "RG", "RF", "XA"].map((name) => [name, ["chest-frontal", "chest-lateral", "radiograph"]]),
  ),
  ...Object.fromEntries(["MG", "PX", "IO", "BMD"].map((name) => [name, ["radiograph"]])),
};

/** Modalities that say nothing of the picture: other, and what was captured from a screen or scanned. */
const silent = new Set(["OT", "SC", "DOC"]);

const chest = new Set(["CHEST", "THORAX", "LUNG", "RIB", "RIBS"]);

/** The kinds that a picture can be of by what its file says; undefined where the file says nothing of it. */
export function kindsByFile({ modality, bodyPart, plane }: FileHint): readonly ImageKind[] | undefined {
  if (modality === undefined || silent.has(modality)) return undefined;
  const kinds = kindsOfModality[modality] ?? ["other"];
  if (!kinds.includes("chest-frontal")) return kinds;
  if (bodyPart !== undefined && !chest.has(bodyPart)) return ["radiograph"];
  const views: readonly ImageKind[] =
    plane === "frontal"
      ? ["chest-frontal"]
      : plane === "lateral"
        ? ["chest-lateral"]
        : ["chest-frontal", "chest-lateral"];
  return bodyPart === undefined ? [...views, "radiograph"] : views;
}

import type { ImageKind } from "./image-kind.ts";

/** The kinds in words for people. */
export const imageKindTitles: Readonly<Record<ImageKind, string>> = {
  "chest-frontal": "chest X-ray, frontal",
  "chest-lateral": "chest X-ray, lateral",
  radiograph: "radiograph of another part",
  "cross-section": "CT or MR slice",
  histology: "stained tissue section",
  cytology: "cytology smear",
  other: "no known kind of medical image",
};

/** What cases can be narrowed to, beside their labels and corpus. Values are lower case; an unknown one is an empty text. */
export const caseFacets = ["kind", "modality", "view", "organ"] as const;
export type CaseFacet = (typeof caseFacets)[number];

/** By what two images are known to be of one source. Unknown patients, studies and slides are empty texts and equal no other. */
export type CaseIdentity = {
  pixelHash: string;
  patientId: string;
  studyId: string;
  slideId: string;
  /** Of `fingerprintOf`: unit length. */
  fingerprint: Float32Array;
  /** Of the built-in descriptor, as the image gave it: unit length. */
  descriptor: Float32Array;
};

/** What a search knows of a case without its record. */
export type CaseEntry = CaseIdentity & {
  id: string;
  corpus: string;
  /** Names of the labels that are present, in the case's order. */
  labels: readonly string[];
  facets: Readonly<Record<CaseFacet, string>>;
  /** Unit vectors of the library's image encoders, in the library's order; undefined where an encoder has not seen the image yet. */
  encoded: readonly (Float32Array | undefined)[];
  /** Its vector by the library's fit, where that was computed before. */
  projected?: Float32Array;
};

import type { CaseIdentity } from "./case-entry.ts";
import type { CaseFilter } from "./case-filter.ts";

/** One of the images of a question. */
export type ImageQuery = {
  /** Of the built-in descriptor: unit length. */
  descriptor: Float32Array;
  /** Unit vectors of the library's image encoders, in the library's order. */
  encoded: readonly (Float32Array | undefined)[];
  /** Of `fingerprintOf`. */
  fingerprint: Float32Array;
  pixelHash: string;
  /** Ids of the patient, each of which may be the library's. */
  patientIds?: readonly string[];
  studyId?: string;
  slideId?: string;
  /** Of the whole image where the vectors above are of a box in it: by these, too, the library's own entry of the image is known. */
  whole?: Pick<CaseIdentity, "fingerprint" | "pixelHash">;
};

/** A unit vector, such as a text's, in the space of the image encoder at a place of the library's list. */
export type VectorQuery = { encoder: number; vector: Float32Array };

/** What a search asks of its hits, whatever they are ranked by. */
export type CaseSearchOptions = {
  top: number;
  filter?: CaseFilter | undefined;
  /**
   * Also the best so many of each label, in the order of the filter's labels, else by name (the exemplars of RALM-Path). A case with
   * several labels may come under each.
   */
  perLabel?: number | undefined;
  /**
   * Of cases that are alike only the best one: those of one patient, study or slide, and one picture at another size or encoded again.
   * With a number also those whose cosine by the fit reaches it, which needs a fit: without one nearly all images of a kind reach 0.95.
   */
  diverse?: boolean | number | undefined;
  /** At most so many of the same patient's other cases, in a list of their own; none unless given. */
  samePatient?: number | undefined;
};

/** How many cases that pass the filter were left out, each counted once, by the first reason that holds. */
export type CaseExclusions = {
  /** The same pixels. */
  sameImage: number;
  /** The same picture in another form: another size, encoded again, mirrored … */
  nearIdentical: number;
  /** Of the same patient or study. */
  samePatient: number;
  sameSlide: number;
};

/** Cases made by hand for this folder's tests. */
import { fingerprintLength } from "../fingerprint.ts";
import type { CaseEntry } from "./case-entry.ts";
import type { ImageQuery } from "./case-query.ts";
import type { SimilarityFit } from "./similarity-fit.ts";

/** Places a case by its first encoder's vector alone, so that a test can put it anywhere. */
export function fitByHand(dimension: number): SimilarityFit {
  return {
    version: "by hand",
    dimension,
    project: ({ encoded }) => encoded[0] ?? new Float32Array(dimension),
  };
}

/** A point of the unit circle. */
export function at(angle: number): Float32Array {
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

type Place = { vector: Float32Array; picture?: string };

/** A case at a place. Cases of one `picture` are one image; by default each is another. */
export function caseAt(id: string, { vector, picture = id, ...more }: Place & Partial<CaseEntry>): CaseEntry {
  return {
    id,
    ...{ corpus: "x", patientId: "", studyId: "", slideId: "", labels: [] },
    facets: { kind: "", modality: "", view: "", organ: "" },
    ...pictureOf(picture),
    encoded: [vector],
    ...more,
  };
}

export function queryAt({
  vector,
  picture = "of the question",
  ...more
}: Place & Partial<ImageQuery>): ImageQuery {
  return { ...pictureOf(picture), encoded: [vector], ...more };
}

/** What the picture of a name gives: always the same, and far from that of any other name. */
export function pictureOf(name: string): Pick<CaseEntry, "pixelHash" | "fingerprint" | "descriptor"> {
  const fingerprint = noise(name, fingerprintLength);
  // The last number says whether the picture is flat.
  fingerprint[fingerprintLength - 1] = 0;
  return { pixelHash: name, fingerprint: toUnit(fingerprint), descriptor: toUnit(noise(`${name}.`, 64)) };
}

/** Numbers that look random, from a hash of the name by mulberry32. */
function noise(name: string, length: number): Float32Array {
  let state = 0;
  for (const letter of name) state = (Math.imul(state, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b_79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32 - 0.5;
  });
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

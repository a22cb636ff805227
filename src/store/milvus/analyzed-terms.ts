import { termOf, tokensOf } from "../serving/analyze.ts";

const plain = /^[\da-z]+$/;

/**
 * The terms of a text, the same as LanceDB's, with a space between them. Milvus Lite has an analyzer without stems, and a cluster
 * has others than LanceDB, so that the terms are made here; the standard analyzer of both leaves what is made of small letters and
 * digits as it is, and any other term is given in hexadecimal.
 */
export function analyzedTerms(text: string): string {
  return tokensOf(text)
    .map(termOf)
    .filter((term) => term !== undefined && term !== "")
    .map((term) => (plain.test(term ?? "") ? term : `x${Buffer.from(term ?? "").toString("hex")}`))
    .join(" ");
}

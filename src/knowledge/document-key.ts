/**
 * The key of a document or a case: unique in a library, as are the keys of its passages, `key#1`, `key#2` … So that no two meet, a corpus
 * has its "/" and "%" written as in a URL (RFC 3986, section 2.1), an id its "#" and "%".
 */
export function documentKey({ corpus, id }: { corpus: string; id: string }): string {
  return `${corpus.replaceAll(/[%/]/g, encodeURIComponent)}/${id.replaceAll(/[%#]/g, encodeURIComponent)}`;
}

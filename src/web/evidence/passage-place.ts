import type { Passage } from "#contracts";

/** Where a passage stands: its file, its document where that is not the file itself, and its characters in the document. */
export function namePlace({ file, document, start, end }: Passage["source"]): string {
  const named = document === file ? file : `${file}, document ${document}`;
  return `${named}, characters ${start}–${end}`;
}

import { MedRoundsError, type SearchResult } from "#contracts";
import { searchCasesByImage, searchCasesByText } from "#imaging";
import type { PassageSearch } from "#knowledge";
import { type Library, readIdentityKey } from "#library";
import { type ImageSource, loadImage } from "./load-image.ts";
import { patientIdsOf } from "./patient-ids.ts";

/**
 * Passages and cases by text, or cases by image. Throws `library-empty`, `usage-invalid` for a corpus that there is none of, what the
 * search of passages throws, and the errors of reading the image.
 */
export async function searchLibrary(request: {
  library: Library;
  /** How passages are found. */
  search: PassageSearch;
  top: number;
  text?: string;
  /** Only these corpora of the library, in a search by text. */
  corpora?: readonly string[];
  image?: ImageSource;
  /** Whose cases an image's search leaves out. */
  patientId?: string;
  slideId?: string;
  signal?: AbortSignal;
}): Promise<SearchResult> {
  const { library, top, text, image, patientId, slideId, corpora, signal } = request;
  const passageCount = await library.passages.count();
  const caseCount = await library.cases.count();
  if (passageCount + caseCount === 0) throw emptyLibrary(library);
  if (image !== undefined) {
    const key = await readIdentityKey(library.folder);
    const { decoded, patientId: ownPatient } = await loadImage(image, { key, signal });
    const { cases: collection, embedder } = library;
    const found = await searchCasesByImage({
      collection,
      embedder,
      images: [decoded],
      top,
      patientIds: patientIdsOf({ patientId, ownPatients: [ownPatient], key }),
      ...(slideId === undefined ? {} : { slideId }),
    });
    const { hits, excluded, searched } = found;
    return { passages: [], cases: hits, excluded, searched: { passages: 0, cases: searched } };
  }
  const query = text ?? "";
  if (corpora) requireCorpora(library, corpora);
  const only = corpora ? { corpora } : {};
  const [passages = []] = await request.search.search({
    queries: [query],
    top,
    ...only,
    ...(signal ? { signal } : {}),
  });
  return {
    passages,
    cases: await searchCasesByText({ collection: library.cases, query, top, ...only }),
    searched: { passages: passageCount, cases: caseCount },
  };
}

function requireCorpora({ manifest }: Library, corpora: readonly string[]): void {
  const unknown = corpora.find((name) => !manifest.corpora.includes(name));
  if (unknown === undefined) return;
  const known = manifest.corpora.join(", ");
  throw new MedRoundsError("usage-invalid", `There is no corpus ${unknown}; there is: ${known}.`, {
    corpus: unknown,
  });
}

export function emptyLibrary({ folder }: Library): MedRoundsError {
  return new MedRoundsError("library-empty", "The library holds neither passages nor cases.", { folder });
}

import { MedRoundsError, type SearchResult } from "#contracts";
import { searchCasesByImage, searchCasesByText } from "#imaging";
import { searchPassages } from "#knowledge";
import type { Library } from "#library";
import { type ImageSource, loadImage } from "./load-image.ts";

/** Passages and cases by text, or cases by image. Throws `library-empty` and the errors of reading the image. */
export async function searchLibrary(request: {
  library: Library;
  top: number;
  text?: string;
  image?: ImageSource;
  /** Whose cases an image's search leaves out. */
  patientId?: string;
  slideId?: string;
  signal?: AbortSignal;
}): Promise<SearchResult> {
  const { library, top, text, image, patientId, slideId, signal } = request;
  const passageCount = await library.passages.count();
  const caseCount = await library.cases.count();
  if (passageCount + caseCount === 0) throw emptyLibrary(library);
  if (image !== undefined) {
    const { decoded } = await loadImage(image, signal);
    const { cases: collection, embedder } = library;
    const found = await searchCasesByImage({
      collection,
      embedder,
      images: [decoded],
      top,
      ...(patientId === undefined ? {} : { patientId }),
      ...(slideId === undefined ? {} : { slideId }),
    });
    const { hits, excluded, searched } = found;
    return { passages: [], cases: hits, excluded, searched: { passages: 0, cases: searched } };
  }
  const query = text ?? "";
  return {
    passages: await searchPassages({ collection: library.passages, query, top }),
    cases: await searchCasesByText({ collection: library.cases, query, top }),
    searched: { passages: passageCount, cases: caseCount },
  };
}

export function emptyLibrary({ folder }: Library): MedRoundsError {
  return new MedRoundsError("library-empty", "The library holds neither passages nor cases.", { folder });
}

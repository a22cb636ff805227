import { type CaseHit, MedRoundsError, type SearchResult } from "#contracts";
import type { Box } from "#imaging";
import type { PassageSearch } from "#knowledge";
import { type Library, readIdentityKey } from "#library";
import { type ImageSource, loadImage } from "./load-image.ts";
import { type CaseQuestion, type CaseSearch, openCaseSearch } from "./open-case-search.ts";
import { patientIdsOf } from "./patient-ids.ts";
import { questionImage } from "./question-image.ts";

type SearchRequest = Pick<
  CaseQuestion,
  "top" | "filter" | "perLabel" | "diverse" | "samePatient" | "signal"
> & {
  library: Library;
  /** How passages are found. */
  search: PassageSearch;
  /** How cases are found; opened for this search alone unless given. */
  cases?: CaseSearch;
  text?: string;
  /** Only these corpora of the library. */
  corpora?: readonly string[];
  image?: ImageSource;
  /** The part of the image that cases are to be similar to. */
  box?: Box;
  /** Whose cases an image's search leaves out. */
  patientId?: string;
  slideId?: string;
};

/**
 * Passages and cases by text, cases by image, or passages by text and cases by both. Throws `library-empty`, `usage-invalid` for a
 * corpus that there is none of, what the searches of passages and of cases throw, and the errors of reading the image.
 */
export async function searchLibrary(request: SearchRequest): Promise<SearchResult> {
  const { library } = request;
  const passageCount = await library.passages.count();
  if (passageCount + (await library.cases.count()) === 0) throw emptyLibrary(library);
  if (request.corpora) requireCorpora(library, request.corpora);
  await using opened = new AsyncDisposableStack();
  const found = await findCases(request, request.cases ?? opened.use(openCaseSearch({ library })));
  const { byLabel, shortOf, unknownValues, notes } = found;
  return {
    passages: request.text === undefined ? [] : await findPassages(request, request.text),
    cases: found.hits.map(toHit),
    ...(request.perLabel === undefined
      ? {}
      : { byLabel: byLabel.map(({ label, hits }) => ({ label, cases: hits.map(toHit) })), shortOf }),
    ...(request.samePatient === undefined ? {} : { samePatient: found.samePatient.map(toHit) }),
    ...(unknownValues.length > 0 ? { unknownValues } : {}),
    ...(request.image === undefined ? {} : { excluded: found.excluded }),
    searched: { passages: request.text === undefined ? 0 : passageCount, cases: found.searched },
    ...(notes.length > 0 ? { notes } : {}),
  };
}

async function findPassages({ search, top, corpora, signal }: SearchRequest, text: string) {
  const options = { ...(corpora ? { corpora } : {}), ...(signal ? { signal } : {}) };
  const [passages = []] = await search.search({ queries: [text], top, ...options });
  return passages;
}

async function findCases(request: SearchRequest, cases: CaseSearch) {
  const { library, image, box, text, patientId, slideId, corpora, signal } = request;
  const { top, perLabel, diverse, samePatient } = request;
  const filter = corpora ? { ...request.filter, corpora } : request.filter;
  const options = { top, filter, perLabel, diverse, samePatient, text, signal };
  if (image === undefined) return cases.search(options);
  const key = await readIdentityKey(library.folder);
  const loaded = await loadImage(image, { key, signal });
  const patientIds = patientIdsOf({ patientId, ownPatients: [loaded.patientId], key });
  return cases.search({ ...options, images: [questionImage(loaded, { patientIds, slideId, box })] });
}

type FoundHit = Awaited<ReturnType<CaseSearch["search"]>>["hits"][number];

function toHit({ stages, ...hit }: FoundHit): CaseHit {
  return { ...hit, ...(stages ? { stages: [...stages] } : {}) };
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

import { MedRoundsError } from "#contracts";
import { groupOf } from "#evaluation";
import { readIdentityKey, readSimilarity } from "#library";
import { openLibraryEncoders } from "../library-encoders.ts";
import { openLibraryAt } from "../open-library.ts";
import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation.ts";
import { toEvaluatedCases } from "./evaluated-cases.ts";
import { createIndexRetriever } from "./index-retriever.ts";
import { readLibraryCases } from "./library-cases.ts";
import { measure } from "./measure.ts";
import { readSet } from "./read-set.ts";

/** Looks for the manifest's cases in a library, compared as the library compares its own. */
export async function evaluateInLibrary(
  request: CaseEvaluationRequest & { library: string },
): Promise<CaseEvaluation> {
  const { task, within, labelField, grouping } = request;
  if (request.embedders?.length) {
    throw new MedRoundsError("usage-invalid", "--embedder does not go with --library, which has its own.");
  }
  using library = await openLibraryAt(request.library);
  await using encoders = openLibraryEncoders(library);
  const told = new Set<string>();
  const set = await readSet(request, {
    key: await readIdentityKey(library.folder),
    embed: async (raster, signal) => {
      const { encoded, notes } = await encoders.embedImage(raster, signal);
      for (const note of notes) told.add(note);
      return encoded;
    },
  });
  const fields = task.type === "field" || within !== undefined;
  const found = await readLibraryCases(library, { labelField, fields });
  if (found.length === 0) throw new MedRoundsError("library-empty", "The library holds no cases.");
  const entries = [...set.described, ...found].map(({ entry }) => entry);
  const cases = toEvaluatedCases([...set.described, ...found], { task, within });
  const similarity = await readSimilarity(library);
  const retriever = createIndexRetriever({
    name: "the library's search",
    entries,
    patientIds: (query) => set.described[query]?.patientIds ?? [],
    fitOn: () => similarity.fit,
  });
  const first = set.described.length;
  const guarded = (position: number) => {
    const image = { ...entries[position]!, patientIds: set.described[position]?.patientIds ?? [] };
    return { id: image.id, image };
  };
  return measure({
    request,
    set,
    cases,
    groups: cases.map((found) => groupOf(found, grouping)),
    splits: [{ queries: [...set.described.keys()], library: [...cases.keys()].slice(first) }],
    retrievers: [retriever],
    guarded,
    notes: [
      ...told,
      ...(similarity.type === "fitted"
        ? []
        : [`the library's comparison of cases is not fitted (${similarity.type})`]),
    ],
  });
}

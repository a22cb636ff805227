import { join } from "node:path";
import type { SuiteCondition } from "#evaluation";
import type { Library } from "#library";
import { readBoundedFile, sha256 } from "#platform";
import { readCalibration } from "#reasoning";
import { type CaseSearch, openCaseSearch } from "../open-case-search.ts";
import { openLibraryAt } from "../open-library.ts";
import { type LibrarySearch, openPassageSearch } from "../open-passage-search.ts";
import { openRecordsAt, type RecordsChoice } from "../open-records.ts";
import { type RoundRecipe, readRoundRecipe } from "../round-recipe.ts";
import { readSettings, unlessOff } from "../settings.ts";

export type RoundCondition = Extract<SuiteCondition, { type: "round" }>;

/** What the rounds of a condition search, opened once for all of them. */
export type OpenRounds = AsyncDisposable & {
  library: Library;
  search: LibrarySearch;
  cases: CaseSearch;
  recipe: RoundRecipe | undefined;
  records: RecordsChoice | undefined;
  /** All that decides what a round finds and how it goes about it, beside its model and its question. */
  fingerprint: unknown;
};

/** @throws MedRoundsError the errors of opening libraries, recipes and records */
export async function openRounds(condition: RoundCondition, signal?: AbortSignal): Promise<OpenRounds> {
  await using opening = new AsyncDisposableStack();
  const recipe = condition.recipe === undefined ? undefined : await readRoundRecipe(condition.recipe, signal);
  const library = opening.use(await openLibraryAt(condition.library));
  const { retriever } = condition;
  const search = opening.use(
    await openPassageSearch({ library, ...(retriever === undefined ? {} : { retriever }) }),
  );
  const cases = opening.use(openCaseSearch({ library }));
  const records = opening.use(await openRecordsAt(condition.records, signal === undefined ? {} : { signal }));
  const fingerprint = {
    recipe: recipe?.hash,
    retrieval: search.identity,
    cases: await cases.identity(),
    library: await describeContent(library),
    records: records?.identity,
    settings: await settingsOfRounds(),
  };
  const opened = opening.move();
  return {
    ...{ library, search, cases, recipe, records, fingerprint },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** A library that was added to, or that something was taken from, is another one. */
async function describeContent(library: Library): Promise<unknown> {
  return {
    passages: await library.passages.count(),
    cases: await library.cases.count(),
    manifest: sha256(await readBoundedFile(join(library.folder, "library.json"))),
  };
}

/** What the environment and the configuration file say of every round. */
async function settingsOfRounds(): Promise<unknown> {
  const { confidenceThreshold, calibration, reconsideration, maxSteps, maxQueries, maxTokens, grammar } =
    await readSettings({});
  const settings = {
    confidenceThreshold,
    calibration,
    reconsideration,
    maxSteps,
    maxQueries,
    maxTokens,
    grammar,
  };
  const file = unlessOff(calibration);
  return {
    ...Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting?.value])),
    ...(file === undefined ? {} : { calibration: await readCalibration(file) }),
  };
}

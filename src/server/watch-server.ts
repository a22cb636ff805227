import type { CaseSearch, Library, LibrarySearch } from "#assembly";
import { MedRoundsError } from "#contracts";
import { productVersion } from "#platform";
import type { Gate } from "./gate.ts";
import { createServerMetrics } from "./metrics/server-metrics.ts";
import { createReadiness } from "./readiness.ts";
import type { RoundRegistry } from "./rounds/registry.ts";
import { searchBatch } from "./search-batch.ts";
import type { ServerContext } from "./server-context.ts";
import {
  defaultEmptyResultsAlarm,
  type EmptyResultsAlarm,
  tellEmptyResults,
  watchEmptyResults,
} from "./trainers/empty-results.ts";

type Watched = Pick<ServerContext, "counts" | "readiness" | "emptyResults" | "metrics">;

/** What a server tells of itself: to launchers that wait for it, to those who watch it, and on its terminal. */
export function watchServer(request: {
  library: Library;
  search: LibrarySearch;
  cases: CaseSearch;
  rounds: RoundRegistry;
  searching: Gate;
  emptyResultsAlarm?: Partial<EmptyResultsAlarm>;
  onNotice?: (line: string) => void;
}): Watched {
  const {
    library,
    search,
    cases,
    rounds,
    searching,
    onNotice = (line) => process.stderr.write(`${line}\n`),
  } = request;
  const counts = async () => ({
    passages: await library.passages.count(),
    cases: await library.cases.count(),
  });
  const told = new Set<string>();
  const tell = (notes: readonly string[]) => {
    for (const note of notes) if (!told.has(note)) onNotice(`Note: ${note}`);
    for (const note of notes) told.add(note);
  };
  tell(search.notes);
  const alarm = { ...defaultEmptyResultsAlarm, ...request.emptyResultsAlarm };
  const emptyResults = watchEmptyResults(alarm, (state) => onNotice(tellEmptyResults(state)));
  const readiness = createReadiness(async () => {
    const held = await counts();
    if (held.passages + held.cases === 0)
      throw new MedRoundsError("library-empty", "The library holds nothing.");
    await Promise.all([search.warm(), cases.warm()]);
    tell(await cases.notes());
    await searchBatch({ server: { search, searching }, queries: ["pleural effusion"], top: 1 });
  });
  const metrics = createServerMetrics({
    retriever: search.name,
    version: productVersion(),
    isReady: () => readiness().status === "ok",
    rounds: rounds.count,
    emptyResults: emptyResults.state,
    counts,
  });
  return { counts, readiness, emptyResults, metrics };
}

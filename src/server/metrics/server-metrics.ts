import { createCounter, createGauge, createHistogram, type Metric, type Sample } from "./metric.ts";

/** Seconds; from a search in memory to one that waits behind large batches. */
const latencyBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is read from elsewhere when the metrics are asked for. */
type Readings = {
  retriever: string;
  version: string;
  isReady(): boolean;
  rounds(): { running: number; waiting: number };
  emptyResults(): { share: number; queries: number; alarm: boolean };
  counts(): Promise<{ passages: number; cases: number }>;
};

export type ServerMetrics = ReturnType<typeof createServerMetrics>;

/** What a server counts about itself. */
export function createServerMetrics(readings: Readings) {
  const requests = createCounter({
    name: "medrounds_http_requests_total",
    help: "Requests by route and HTTP status; 499 where the client left.",
  });
  const seconds = createHistogram({
    name: "medrounds_http_request_seconds",
    help: "Time until a response begins, by route. A trainer's dialect is its route.",
    bounds: latencyBounds,
  });
  const errors = createCounter({
    name: "medrounds_errors_total",
    help: "Errors that clients were told, by code.",
  });
  const queries = createCounter({
    name: "medrounds_queries_total",
    help: "Queries of trainers, by route.",
  });
  const emptyQueries = createCounter({
    name: "medrounds_empty_queries_total",
    help: "Queries of trainers that found nothing, by route.",
  });
  const cutQueries = createCounter({
    name: "medrounds_cut_queries_total",
    help: "Queries of trainers that were cut to the longest that is searched for, by route.",
  });
  const scores = createCounter({
    name: "medrounds_scores_total",
    help: "Completions of trainers that were to be scored, by route.",
  });
  const missingScores = createCounter({
    name: "medrounds_missing_scores_total",
    help: "Completions of trainers that got no total, since they can't be read or no reward applies, by route.",
  });
  const inFlight = new Map<string, number>();
  const all = [
    requests,
    seconds,
    createGauge({
      name: "medrounds_http_in_flight",
      help: "Requests whose response has not begun, by route.",
      samples: () => [...inFlight].map(([route, value]) => ({ labels: { route }, value })),
    }),
    errors,
    queries,
    emptyQueries,
    cutQueries,
    scores,
    missingScores,
    ...readGauges(readings),
  ];
  return {
    all,
    errors,
    queries,
    emptyQueries,
    cutQueries,
    scores,
    missingScores,
    /** Counts a request from now on; to be called with its status when its response begins. */
    begin(route: string): (status: number) => void {
      const began = performance.now();
      inFlight.set(route, (inFlight.get(route) ?? 0) + 1);
      return (status) => {
        inFlight.set(route, (inFlight.get(route) ?? 0) - 1);
        requests.add({ route, status: String(status) });
        seconds.observe({ route }, (performance.now() - began) / 1000);
      };
    },
  };
}

function readGauges({ retriever, version, isReady, rounds, emptyResults, counts }: Readings): Metric[] {
  const gauge = (name: string, help: string, samples: Metric["samples"]) =>
    createGauge({ name, help, samples });
  const one = (value: number, labels: Sample["labels"] = {}): Sample[] => [{ labels, value }];
  return [
    gauge(
      "medrounds_empty_results_share",
      "Of the latest queries of trainers, those that found nothing: 0 to 1.",
      () => one(emptyResults().share),
    ),
    gauge("medrounds_empty_results_window", "How many queries that share is of.", () =>
      one(emptyResults().queries),
    ),
    gauge("medrounds_empty_results_alarm", "1 while the alarm of empty results goes on.", () =>
      one(Number(emptyResults().alarm)),
    ),
    gauge("medrounds_rounds", "Rounds that run and that wait.", () =>
      Object.entries(rounds()).flatMap(([state, value]) => one(value, { state })),
    ),
    gauge("medrounds_library_entries", "What the library holds, by kind.", async () =>
      Object.entries(await counts().catch(() => ({}))).flatMap(([kind, value]) => one(value, { kind })),
    ),
    gauge("medrounds_ready", "1 when the library is open and a search was answered.", () =>
      one(Number(isReady())),
    ),
    gauge("medrounds_build_info", "Always 1.", () => one(1, { version, retriever })),
    gauge("process_resident_memory_bytes", "Memory of the process.", () => one(process.memoryUsage.rss())),
  ];
}

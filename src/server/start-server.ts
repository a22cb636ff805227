import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import {
  describeSystem,
  type Library,
  openCaseSearch,
  openFileSimilarity,
  openPassageSearch,
  openRewards,
  type PolicyChoice,
  type RetrievalChoice,
  type RewardChoice,
  readConfiguration,
  type SimilarityChoice,
} from "#assembly";
import { MedRoundsError } from "#contracts";
import { isLoopback } from "#platform";
import { createByteBudget } from "./byte-budget.ts";
import { createApp } from "./create-app.ts";
import { errorResponse } from "./error-response.ts";
import { createGate } from "./gate.ts";
import { defaultServerLimits, type ServerLimits } from "./limits.ts";
import { listen, reachableName } from "./listen.ts";
import { openPageFiles } from "./page-files.ts";
import { openRoundRegistry } from "./rounds/registry.ts";
import { prepareAgain } from "./rounds/resume-round.ts";
import { openRunReports } from "./runs/run-reports.ts";
import { addSecurityHeaders } from "./security/headers.ts";
import type { Demo, RoundDefaults, ServerContext } from "./server-context.ts";
import type { EmptyResultsAlarm } from "./trainers/empty-results.ts";
import { watchServer } from "./watch-server.ts";

export type ServerOptions = {
  /** Stays the caller's: to be disposed of after the server is closed. */
  library: Library;
  policy: PolicyChoice;
  roundDefaults?: RoundDefaults;
  /** How passages are found, by whoever asks. */
  retrieval?: RetrievalChoice;
  /** The similarity service that Med-RwR's image reward calls; without it `/biomedclip` answers 503. */
  similarity?: SimilarityChoice;
  /** How completions of trainers are scored. */
  rewards?: RewardChoice;
  /** An address or name of this machine. One that is not loopback demands a token. */
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** What every request must carry; without one nobody is asked. */
  token?: string;
  /** The built page. */
  pageFolder: string;
  /** Where rounds are kept, a folder each; made where it is missing. */
  roundsFolder: string;
  /** Runs of evaluations, whose reports are shown under `/runs/`. */
  runsFolder?: string;
  /** The questions to try, and the folder of their images. */
  demo?: Demo;
  limits?: Partial<ServerLimits>;
  /** When too many searches of trainers find nothing. */
  emptyResultsAlarm?: Partial<EmptyResultsAlarm>;
  /** Takes a line for the terminal; stderr where none is given. */
  onNotice?(line: string): void;
};

export type RunningServer = {
  /** Without the token, without a slash at its end. */
  url: string;
  /** The ids of the rounds that a killed server left, and that go on here. */
  resumed: readonly string[];
  /** Stops taking requests, lets running rounds end for a while, then cancels them. Tells which, by their ids. */
  close(): Promise<{ finished: string[]; cancelled: string[] }>;
};

/** How many images are decoded at once. */
const decodersAtOnce = 2;
/** Batches of searches at once; each runs several queries at once. */
const batchesAtOnce = 2;
/** Batches of completions that are scored in turns. */
const scoringAtOnce = 2;

/**
 * Starts the server; resolves when it listens. Rounds that a killed server left then go on, as far as they can. Throws
 * `token-needed`, `endpoint-missing`, `endpoint-invalid`, `address-in-use`, `usage-invalid` where the host is none of this
 * machine, `path-missing` where there is no folder of runs, and what opening the search of passages, the image–text model or the rewards throws.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { library, host, port, token, pageFolder, roundsFolder } = options;
  if (!isLoopback(host) && !token) {
    throw new MedRoundsError("token-needed", `${host} can be reached from other machines.`, { host });
  }
  const runs = options.runsFolder === undefined ? undefined : await openRunReports(options.runsFolder);
  // A model that can't be asked is better told now than at each question.
  await using opening = new AsyncDisposableStack();
  const search = opening.use(await openPassageSearch({ library, inMemory: true, ...options.retrieval }));
  const cases = opening.use(openCaseSearch({ library, inMemory: true }));
  // Read once: a slip in the file meanwhile must not stop a server that runs.
  const policy = { ...options.policy, config: await readConfiguration(options.policy.config) };
  const roundDefaults: RoundDefaults = { web: null, ...options.roundDefaults };
  await describeSystem({ library, search, cases, ...roundDefaults }, policy);
  const limits = { ...defaultServerLimits, ...options.limits };
  const budget = createByteBudget(limits.heldBytes);
  const rounds = await openRoundRegistry({ folder: roundsFolder, limits, budget });
  const demo = options.demo ?? { questions: [], imageFolder: "" };
  const page = openPageFiles(pageFolder);
  const decoding = createGate(decodersAtOnce);
  const searching = createGate(batchesAtOnce);
  const comparing = createGate(1);
  const similarity = options.similarity && opening.use(await openFileSimilarity(options.similarity));
  const rewards = await openRewards({ ...options.rewards, library, similarity });
  const scoring = createGate(scoringAtOnce);
  const watching = watchServer({ ...options, search, cases, rounds, searching });
  const context: ServerContext = {
    library,
    search,
    cases,
    similarity,
    policy,
    roundDefaults,
    demo,
    limits,
    rounds,
    page,
    runs,
    budget,
    decoding,
    searching,
    comparing,
    rewards,
    scoring,
    ...watching,
  };
  const app = createApp(context, { host, token: token || undefined });
  const listener = getRequestListener(app, {
    overrideGlobalObjects: false,
    errorHandler: refuseRequest,
  });
  const server = createServer(listener);
  await listen(server, { host, port });
  const { port: chosen } = server.address() as AddressInfo;
  const resumed = rounds.resume((left) => prepareAgain(left, context));
  const opened = opening.move();

  const close = async () => {
    const stopped = new Promise((resolve) => server.close(resolve));
    const summary = await rounds.close(limits.closingMilliseconds);
    // Readers that keep up have the last events by now; those that do not would never let go.
    await Promise.race([stopped, pause(lastWordsMilliseconds)]);
    server.closeAllConnections();
    await stopped;
    await opened.disposeAsync();
    return summary;
  };
  let closed: ReturnType<typeof close> | undefined;
  return {
    url: `http://${reachableName(host)}:${chosen}`,
    resumed,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

const lastWordsMilliseconds = 500;

/** Answers what is no request that a route could be found for: a target or a host that no URL can be made of. */
function refuseRequest(error: unknown): Response {
  const known =
    error instanceof Error && error.name === "RequestError"
      ? new MedRoundsError("request-invalid", "The request's address is not valid.")
      : error;
  return addSecurityHeaders(errorResponse(known));
}

import { type ErrorCode, type Failure, MedRoundsError, toFailure } from "#contracts";
import { reportDefect } from "#platform";
import type { SampleAnswer, SampleRecord } from "../answers/answer.ts";
import { type Task, taskKey } from "./task.ts";

/** What bears a number of tasks at once, as an endpoint does. */
export type Lane = {
  name: string;
  /** How many may be under way there now; asked anew before each. */
  allowed(): number;
  /** So many more, as a share of these, are got ready meanwhile, or kept; none unless told. */
  ahead?: number;
};

/** Why the rest of a lane's tasks was not asked. */
export type StoppedLane = { lane: string; failure: Failure };

/** In the order in which they are asked. */
type Tasks = Iterable<Task> | AsyncIterable<Task>;

export type TasksRequest = {
  lanes: readonly { lane: Lane; tasks: Tasks }[];
  /** Rejects where the task failed; a rejection with a `MedRoundsError` is a failure of the task, any other a defect. */
  answer(task: Task, signal: AbortSignal): Promise<SampleAnswer>;
  /** Failures of the task in earlier runs. */
  earlier(task: Task): readonly Failure[];
  /** Keeps a record. A rejection ends everything. */
  append(record: SampleRecord): Promise<void>;
  /** How often a task that failed is asked again, behind all others of its lane. */
  retries: number;
  signal?: AbortSignal | undefined;
  /** Is told of each record once it is kept; `isLast` unless the task is asked again. */
  onRecord?(record: SampleRecord, isLast: boolean): void;
};

/** With nothing but these, one after the other, a lane is not worth asking on. A proxy may take connections for a server that is gone, and break them. */
const hopeless: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "endpoint-unreachable",
  "endpoint-broken",
  "endpoint-refused",
  "endpoint-invalid",
  "endpoint-missing",
]);
const fewestHopeless = 8;

/**
 * Asks every task, the lanes beside each other, and keeps a record of each as it comes. A task that failed is asked again when all others
 * have been. What an abort cuts short leaves no record. Resolves when all is done, or to nothing more to be done: lanes whose
 * server is not there, or refuses all, are stopped. Rejects with the first error of `append`, and with the signal's reason.
 */
export async function runTasks(request: TasksRequest): Promise<StoppedLane[]> {
  const ending = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, ending.signal]) : ending.signal;
  const lanes = request.lanes.map(async ({ lane, tasks }) => {
    try {
      return await runLane({ ...request, lane, tasks, signal });
    } catch (error) {
      ending.abort(error);
      throw error;
    }
  });
  // All have let go of what they hold before the first error is told.
  const settled = await Promise.allSettled(lanes);
  signal.throwIfAborted();
  return settled.flatMap((one) => (one.status === "fulfilled" ? (one.value ?? []) : []));
}

type LaneRequest = Omit<TasksRequest, "lanes" | "signal"> & {
  lane: Lane;
  tasks: Tasks;
  signal: AbortSignal;
};

async function runLane(request: LaneRequest): Promise<StoppedLane | undefined> {
  const { lane, retries, signal } = request;
  const failures = new Map<string, Failure[]>();
  let tasks = request.tasks;
  let inARow = 0;
  let last: Failure | undefined;
  const isHopeless = () => inARow >= fewestHopeless + 2 * lane.allowed();
  for (let turn = 0; turn <= retries; turn++) {
    const again: Task[] = [];
    await eachAtOnce(
      {
        tasks,
        allowed: () => Math.ceil(lane.allowed() * (1 + (lane.ahead ?? 0))),
        isOver: () => signal.aborted || isHopeless(),
      },
      async (task) => {
        const before = failures.get(taskKey(task)) ?? request.earlier(task);
        const record = await ask(task, { before, request });
        if (record === undefined) return;
        await request.append(record);
        if (record.state === "failed") {
          failures.set(taskKey(task), [...before, record.failure]);
          again.push(task);
          last = record.failure;
          inARow = hopeless.has(last.code) ? inARow + 1 : 0;
        } else inARow = 0;
        request.onRecord?.(record, record.state === "answered" || turn === retries);
      },
    );
    if (isHopeless() && last) return { lane: lane.name, failure: last };
    tasks = again;
  }
  return undefined;
}

/** Undefined where it was cut short. */
async function ask(
  task: Task,
  { before, request }: { before: readonly Failure[]; request: LaneRequest },
): Promise<SampleRecord | undefined> {
  const { answer, signal } = request;
  const began = performance.now();
  const stamp = () => ({
    ...{ arm: task.arm, sample: task.sample, repeat: task.repeat },
    at: new Date().toISOString(),
    milliseconds: Math.round(performance.now() - began),
  });
  try {
    const given = await answer(task, signal);
    return { ...stamp(), state: "answered", answer: given, attempts: before };
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!MedRoundsError.is(error)) reportDefect(error);
    return { ...stamp(), state: "failed", failure: toFailure(error), attempts: before };
  }
}

/** Works on as many tasks at once as are allowed at the time, until none is left or it is over; then waits for those under way. */
async function eachAtOnce(
  { tasks, allowed, isOver }: { tasks: Tasks; allowed: () => number; isOver: () => boolean },
  work: (task: Task) => Promise<void>,
): Promise<void> {
  let underWay = 0;
  let broken: { error: unknown } | undefined;
  let wake = () => {};
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const begin = (task: Task) => {
    underWay++;
    work(task)
      .catch((error: unknown) => {
        broken ??= { error };
      })
      .finally(() => {
        underWay--;
        wake();
      });
  };
  try {
    for await (const task of tasks) {
      while (underWay >= Math.max(1, allowed())) await next();
      if (broken || isOver()) break;
      begin(task);
    }
  } catch (error) {
    broken ??= { error };
  }
  while (underWay > 0) await next();
  if (broken) throw broken.error;
}

import { afterAll, describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { createWorkerPool, type WorkerPool } from "./worker-pool.ts";

const entry = new URL("./test-jobs.ts", import.meta.url);
const limits = { milliseconds: 20_000, megabytes: 128 };
const open: WorkerPool[] = [];

function pool(size = 1, changed: Partial<typeof limits> = {}): WorkerPool {
  const made = createWorkerPool({ entry, size, limits: { ...limits, ...changed } });
  open.push(made);
  return made;
}
afterAll(() => Promise.all(open.map((made) => made.close())));

const bytes = () => Uint8Array.of(1, 2, 3);
const name = "chest.dcm";

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => (MedRoundsError.is(error) ? { code: error.code, ...error.facts } : error),
  );
}

describe("a job in a thread", () => {
  it("gives its result, and takes the bytes along instead of a copy", async () => {
    const input = bytes();
    const result = await pool().run({ job: "double", input, moved: input, name });
    expect(result).toEqual({ bytes: Uint8Array.of(2, 4, 6), jobs: 1 });
    expect(input).toHaveLength(0);
  });

  it("leaves what it was not given where it is", async () => {
    const input = bytes();
    await pool().run({ job: "double", input, name });
    expect(input).toEqual(bytes());
  });

  it("fails as it says, with code, sentence and facts", async () => {
    const error = await pool()
      .run({ job: "refuse", input: name, name })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "image-truncated",
      message: "chest.dcm lacks part of its image.",
      facts: { name },
    });
  });

  it("that breaks or ends its thread makes the file unreadable, without a word of what was in it", async () => {
    const threads = pool();
    const fails = (job: string) => failure(threads.run({ job, input: "Doe^Jane", name }));
    expect(await fails("break")).toEqual({ code: "image-unreadable", name, reason: "RangeError" });
    expect(await fails("exit")).toEqual({ code: "image-unreadable", name, reason: "thread ended" });
    expect(await threads.run({ job: "double", input: bytes(), name })).toMatchObject({ jobs: 1 });
  });

  it("prints nothing", async () => {
    const written: unknown[] = [];
    const { write } = process.stderr;
    process.stderr.write = (text: unknown) => written.push(text) > 0;
    await pool().run({ job: "print", input: "Doe^Jane", name });
    process.stderr.write = write;
    expect(written).toEqual([]);
  });
});

describe("the limits", () => {
  it("end a job that does not end, and the next job finds a new thread", async () => {
    const threads = pool(1, { milliseconds: 300 });
    const endless = failure(threads.run({ job: "loop", input: null, name }));
    expect(await endless).toEqual({ code: "decoding-limit", name, milliseconds: 300 });
    const patient = pool();
    await patient.run({ job: "wait", input: 0, name });
    expect(await failure(threads.run({ job: "loop", input: null, name }))).toMatchObject({
      code: "decoding-limit",
    });
  });

  it.each(["fillHeap", "fillBuffers"])("end a job that holds too much memory (%s)", async (job) => {
    const threads = pool(1, { megabytes: 64 });
    const greedy = failure(threads.run({ job, input: null, name }));
    expect(await greedy).toEqual({ code: "decoding-limit", name, megabytes: 64 });
    expect(await threads.run({ job: "double", input: bytes(), name })).toMatchObject({ jobs: 1 });
  });
});

describe("a pool", () => {
  it("runs as many jobs at once as it has threads; the others wait their turn", async () => {
    const threads = pool(2);
    await Promise.all([0, 0].map((input) => threads.run({ job: "wait", input, name })));
    const done: number[] = [];
    const jobs = [300, 100, 50].map(async (input) => {
      done.push((await threads.run({ job: "wait", input, name })) as number);
    });
    await Promise.all(jobs);
    expect(done).toEqual([100, 50, 300]);
  });

  it("drops a job whose signal aborts, whether it waits or runs", async () => {
    const threads = pool();
    const running = new AbortController();
    const waiting = new AbortController();
    const first = failure(threads.run({ job: "loop", input: null, name, signal: running.signal }));
    const second = failure(threads.run({ job: "loop", input: null, name, signal: waiting.signal }));
    const third = threads.run({ job: "double", input: bytes(), name });
    waiting.abort("waited");
    running.abort("ran");
    expect([await first, await second]).toEqual(["ran", "waited"]);
    expect(await third).toMatchObject({ jobs: 1 });
  });

  it("reports bytes that were given away before, and goes on", async () => {
    const threads = pool();
    const input = bytes();
    structuredClone(input.buffer, { transfer: [input.buffer] });
    expect(await failure(threads.run({ job: "double", input, name }))).toMatchObject({
      name: "DataCloneError",
    });
    expect(await threads.run({ job: "double", input: bytes(), name })).toMatchObject({ jobs: 1 });
  });
});

import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RoundEvent } from "../src/contracts/index.ts";
import {
  expectFailure,
  readAll,
  readStream,
  startTestServer,
  type TestServer,
  until,
} from "./support/http-server.ts";
import { expectWholeRound } from "./support/round-invariants.ts";
import { endOf, eventsOf } from "./support/rounds.ts";
import { type ScriptedEndpoint, startScriptedEndpoint } from "./support/scripted-endpoint.ts";

/** What the model of `scripted` does is written in the question. */
let endpoint: ScriptedEndpoint;
let scripted: TestServer;
let server: TestServer;

/** What the server calls a defect of its own, it writes here. */
const stderr = vi.spyOn(process.stderr, "write");

beforeAll(async () => {
  endpoint = await startScriptedEndpoint(({ messages }) => {
    const asked = JSON.stringify(messages[1]?.content);
    if (asked.includes("Stall")) return { text: "<think>Let me see, and", fault: "stall" };
    if (asked.includes("Long"))
      return { text: `<think>${"word ".repeat(6_250)}</think><answer>Yes.</answer>` };
    const turns = messages.filter(({ role }) => role === "assistant").length;
    const text =
      turns < 6 ? `<think>${"step ".repeat(8)}</think><query>effusion` : "<answer>Yes [1].</answer>";
    return { text, delayMilliseconds: 10 };
  });
  const policy = { policy: "tags", endpoint: endpoint.url, model: "scripted" } as const;
  scripted = await startTestServer({ policy, limits: { heartbeatMilliseconds: 30, runningRounds: 2 } });
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await scripted[Symbol.asyncDispose]();
  await endpoint.close();
  expect(stderr.mock.calls).toEqual([]);
});

const roundAt = (id: string, headers: Record<string, string> = {}) =>
  scripted.get(`/v1/rounds/${id}`, { headers });
const count = async (from = scripted) =>
  ((await (await from.get("/health")).json()) as { rounds: object }).rounds;
const idle = { running: 0, waiting: 0 };

/** Reads `wanted` events, then drops the connection. */
async function readSome(id: string, wanted: number, after?: number): Promise<RoundEvent[]> {
  const leave = new AbortController();
  const headers = after === undefined ? {} : { "last-event-id": String(after) };
  const response = await scripted.get(`/v1/rounds/${id}`, { headers, signal: leave.signal });
  const events: RoundEvent[] = [];
  if (response.status === 204) return events;
  for await (const event of readStream(response)) {
    events.push(event);
    if (events.length === wanted) break;
  }
  leave.abort();
  return events;
}

describe("a stream", () => {
  it("gives two readers, one that resumes, and one that comes afterwards the same events", async () => {
    const id = await scripted.begin({ question: "Steps" });
    const [first, second] = await Promise.all([roundAt(id).then(readAll), roundAt(id).then(readAll)]);
    expectWholeRound(first);
    expect(first.length).toBeGreaterThan(60);
    expect(second).toEqual(first);
    expect(await readAll(await roundAt(id))).toEqual(first);
    for (const nonsense of ["-1", "x", "1e3", "99999999999999999999"]) {
      expect(await readAll(await roundAt(id, { "last-event-id": nonsense }))).toEqual(first);
    }
  });

  it("resumes after Last-Event-ID without loss or repetition, wherever it was cut", async () => {
    for (let attempt = 0; attempt < 6; attempt++) {
      const id = await scripted.begin({ question: "Steps" });
      const received: RoundEvent[] = [];
      const cuts: number[] = [];
      while (received.at(-1)?.type !== "round-end") {
        const wanted = 1 + Math.floor(Math.random() * 30);
        cuts.push(wanted);
        received.push(...(await readSome(id, wanted, received.at(-1)?.sequence)));
      }
      expect(received, `cut after ${cuts.join(", ")} events`).toEqual(await readAll(await roundAt(id)));
    }
  });

  it("ends a browser's attempts to connect again once nothing can follow", async () => {
    const id = await scripted.begin({ question: "Steps" });
    const { sequence } = endOf(await readAll(await roundAt(id)));
    const headers = { "last-event-id": String(sequence) };
    expect((await roundAt(id, headers)).status).toBe(204);
    expect(await readAll(await roundAt(id, { "last-event-id": String(sequence - 1) }))).toHaveLength(1);
  });

  it("goes on without readers: who leaves does not stop the round", async () => {
    const leave = new AbortController();
    const body = JSON.stringify({ question: "Steps" });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body, signal: leave.signal };
    const response = await scripted.get("/v1/rounds", init);
    await readStream(response).next();
    leave.abort();
    const events = await readAll(await scripted.get(response.headers.get("location") ?? ""));
    expect(endOf(events).outcome).toBe("answered");
  });

  it("sends a comment where nothing happens, and says while a round goes on that it is not yet a document", async () => {
    const id = await scripted.begin({ question: "Stall" });
    const reader = (await roundAt(id)).body?.getReader();
    let text = "";
    while (!text.includes("\n\n:\n\n:\n\n")) text += new TextDecoder().decode((await reader?.read())?.value);
    const document = await roundAt(id, { accept: "application/json" });
    expect([document.status, await document.json()]).toEqual([202, { id, events: `/v1/rounds/${id}` }]);
    await reader?.cancel();
    await scripted.get(`/v1/rounds/${id}`, { method: "DELETE" });
    await until(async () => JSON.stringify(await count()) === JSON.stringify(idle));
  });

  it("carries 5,000 events of one round in order", async () => {
    const events = await readAll(await scripted.post("/v1/rounds", { question: "Long" }));
    expect(events.length).toBeGreaterThan(5_000);
    expectWholeRound(events);
  });

  it("is not held in memory for a reader that does not read", async () => {
    const id = randomUUID();
    const folder = join(server.folder, "rounds", id);
    const events = Array.from({ length: 400 }, (_, sequence) => {
      return {
        roundId: id,
        sequence,
        at: sequence,
        type: "thought-delta",
        step: 0,
        text: "x".repeat(200_000),
      };
    });
    const lines = events.map((event) => `${JSON.stringify(event)}\n`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "events.jsonl"), lines.join(""));
    lines.length = 0;
    collectGarbage();
    const before = heldBytes();
    const socket = await askWithoutReading(server.url, `/v1/rounds/${id}`);
    await pause(500);
    collectGarbage();
    expect(heldBytes() - before).toBeLessThan(20e6);
    socket.destroy();
    expect((await readAll(await server.get(`/v1/rounds/${id}`))).length).toBe(400);
    await rm(folder, { recursive: true });
  });
});

function askWithoutReading(url: string, path: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      resolve(socket.pause());
    });
  });
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("stopping a round", () => {
  it("stops the work: the model's server sees its client leave, and the round ends as interrupted", async () => {
    const { length: before } = endpoint.abandoned;
    const id = await scripted.begin({ question: "Stall" });
    const reading = roundAt(id).then(readAll);
    await until(() => JSON.stringify(endpoint.requests.at(-1)?.messages).includes("Stall"));
    await pause(50);
    const stop = () => scripted.get(`/v1/rounds/${id}`, { method: "DELETE" });
    expect((await stop()).status).toBe(204);
    const events = await reading;
    expectWholeRound(events);
    expect(endOf(events).outcome).toBe("interrupted");
    await until(() => endpoint.abandoned.length === before + 1);
    expect((await stop()).status).toBe(204);
    expect(await readAll(await roundAt(id))).toEqual(events);
  });

  it("also ends a round that still waits, at once and without asking the model", async () => {
    const stalled = [
      await scripted.begin({ question: "Stall" }),
      await scripted.begin({ question: "Stall" }),
    ];
    const waiting = await scripted.begin({ question: "Never asked" });
    expect(await count()).toEqual({ running: 2, waiting: 1 });
    await scripted.get(`/v1/rounds/${waiting}`, { method: "DELETE" });
    const events = await readAll(await roundAt(waiting));
    expectWholeRound(events);
    expect(endOf(events).outcome).toBe("interrupted");
    expect(JSON.stringify(endpoint.requests)).not.toContain("Never asked");
    for (const id of stalled) await scripted.get(`/v1/rounds/${id}`, { method: "DELETE" });
    await until(async () => JSON.stringify(await count()) === JSON.stringify(idle));
  });

  it("knows no round of another id, whatever the id is", async () => {
    for (const id of [randomUUID(), "running", "..%2f..", "x", "%00", `${randomUUID()}%2f..`]) {
      for (const method of ["GET", "DELETE"]) {
        await expectFailure(await scripted.get(`/v1/rounds/${id}`, { method }), 404, "round-missing");
      }
      await expectFailure(await scripted.get(`/v1/rounds/${id}/images/1`), 404, "round-missing");
    }
  });
});

describe("many rounds", () => {
  it("come at once, a hundred of them: none lost, none mixed up, and the memory is as before", async () => {
    const askAll = async () => {
      const asked = Array.from(
        { length: 100 },
        (_, n) => `What is the earliest sign of effusion number ${n}?`,
      );
      const answered = await Promise.all(
        asked.map(async (question) => readAll(await server.post("/v1/rounds", { question }))),
      );
      for (const [n, events] of answered.entries()) {
        expectWholeRound(events);
        expect(eventsOf(events, "round-start")[0]?.question.text).toBe(asked[n]);
        expect(endOf(events).outcome).not.toBe("failed");
      }
      expect(new Set(answered.map((events) => events[0]?.roundId)).size).toBe(100);
    };
    await askAll();
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await askAll();
    await askAll();
    collectGarbage();
    expect(process.memoryUsage().heapUsed / before).toBeLessThan(1.3);
    expect(await count(server)).toEqual(idle);
  });

  it("are refused beyond those that may wait, with a time to come back", async () => {
    const policy = { policy: "tags", endpoint: endpoint.url, model: "scripted" } as const;
    const limits = { runningRounds: 1, waitingRounds: 2, closingMilliseconds: 0 };
    await using small = await startTestServer({ policy, limits });
    for (let n = 0; n < 3; n++) await small.begin({ question: "Stall" });
    const refused = await small.post("/v1/rounds", { question: "Stall" });
    expect(refused.headers.get("retry-after")).toBe("2");
    await expectFailure(refused, 503, "server-busy");
    expect(await count(small)).toEqual({ running: 1, waiting: 2 });
  });

  it("are refused where their images would take more memory than the server gives", async () => {
    await using small = await startTestServer({ limits: { heldBytes: 1_000 } });
    const question = "x".repeat(2_000);
    await expectFailure(await small.post("/v1/rounds", { question }), 503, "server-busy");
    for (let n = 0; n < 5; n++) {
      expect(
        (await readAll(await small.post("/v1/rounds", { question: "Effusion?" }))).length,
      ).toBeGreaterThan(3);
    }
  });
});

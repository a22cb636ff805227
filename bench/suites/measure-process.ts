import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";

/** What a program took from its start to its end, with all processes that it started. Bytes and seconds. */
export type Measured = {
  seconds: number;
  processorSeconds: number;
  peakBytes: number;
  /** The largest between a quarter and a half of the time, and in the last quarter: memory that grows shows. */
  earlyBytes: number;
  lateBytes: number;
};

const everyMilliseconds = 250;
const pageBytes = 4_096;
const ticksPerSecond = 100;

/** Runs a program to its end and looks into /proc four times a second; what it takes in its last quarter of a second is not seen. */
export async function measureProcess(
  program: string,
  given: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Measured> {
  const began = performance.now();
  const child = spawn(program, given, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (piece: Buffer) => {
    said = (said + piece.toString()).slice(-4_000);
  });
  const ended = once(child, "exit");
  const seen: { at: number; bytes: number }[] = [];
  const ticks = new Map<number, number>();
  const timer = setInterval(() => {
    void readTree(child.pid ?? 0).then((processes) => {
      if (processes.length === 0) return;
      seen.push({ at: performance.now(), bytes: processes.reduce((sum, one) => sum + one.bytes, 0) });
      for (const { pid, ticks: used } of processes) ticks.set(pid, used);
    });
  }, everyMilliseconds);
  const [code] = (await ended) as [number | null];
  clearInterval(timer);
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
  const between = (from: number, to: number) =>
    Math.max(
      0,
      ...seen.flatMap(({ at, bytes }) => {
        const share = (at - began) / 1_000 / seconds;
        return share >= from && share < to ? [bytes] : [];
      }),
    );
  return {
    seconds,
    processorSeconds: [...ticks.values()].reduce((sum, one) => sum + one, 0) / ticksPerSecond,
    peakBytes: between(0, 1),
    earlyBytes: between(0.25, 0.5),
    lateBytes: between(0.75, 1),
  };
}

type Seen = { pid: number; parent: number; ticks: number; bytes: number };

/** The process and all below it that run. */
async function readTree(root: number): Promise<Seen[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(names.map(readProcess))).filter((one) => one !== undefined);
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** By proc(5): fields 4, 14, 15 and 24 of `stat`. */
async function readProcess(name: string): Promise<Seen | undefined> {
  const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => undefined);
  if (stat === undefined) return undefined;
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [parent = 0, user = 0, system = 0, pages = 0] = [1, 11, 12, 21].map((place) => fields[place]);
  return { pid: Number(name), parent, ticks: user + system, bytes: pages * pageBytes };
}

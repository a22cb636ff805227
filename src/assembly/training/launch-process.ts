import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { writeError } from "#platform";

/** A program with all that it started, as one group. */
export type LaunchedProcess = {
  /** Once it and what it started have ended. Rejects where its log can't be written. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The last that it said, oldest first. */
  lastLines(): readonly string[];
  /** Asks the whole group to end, and ends it after a time of grace. */
  stop(graceMilliseconds: number): Promise<void>;
};

const keptLines = 20;

/** Starts a program in a group of its own; what it says goes to a log and, line by line, to `onLine`. Rejects where it can't be started. */
export async function launchProcess(options: {
  command: readonly string[];
  folder: string;
  environment?: Readonly<Record<string, string>>;
  log: string;
  onLine?: (line: string) => void;
}): Promise<LaunchedProcess> {
  const { command, folder, environment = {}, log, onLine } = options;
  const [program = "", ...args] = command;
  await mkdir(dirname(log), { recursive: true });
  const child = spawn(program, args, {
    cwd: folder,
    // Python would hold its lines back where it writes to no terminal.
    env: { ...process.env, PYTHONUNBUFFERED: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const file = createWriteStream(log, { flags: "a" });
  let logError: unknown;
  file.on("error", (error) => {
    logError ??= error;
  });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      last.push(line);
      if (last.length > keptLines) last.shift();
      onLine?.(line);
    });
    stream.pipe(file, { end: false });
  }
  let isStopping = false;
  child.once("exit", () => {
    if (!isStopping) signalGroup(child, "SIGKILL");
  });
  const closed = once(child, "close");
  closed.catch(() => undefined);
  const started = once(child, "spawn");
  await started.catch((error: unknown) => {
    file.end();
    throw error;
  });
  const ended = closed.then(([code, signal]) => {
    signalGroup(child, "SIGKILL");
    file.end();
    if (logError !== undefined) throw writeError(logError, log);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  ended.catch(() => undefined);
  return {
    ended,
    lastLines: () => [...last],
    async stop(graceMilliseconds) {
      isStopping = true;
      signalGroup(child, "SIGTERM");
      const over = new AbortController();
      const grace = pause(graceMilliseconds, undefined, { signal: over.signal }).then(
        () => signalGroup(child, "SIGKILL"),
        () => undefined,
      );
      await ended.catch(() => undefined);
      over.abort();
      await grace;
    },
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}

/** Lines, and what a progress bar draws over itself, without colors. */
function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  const take = (text: string) => {
    const line = stripVTControlCharacters(text).trimEnd();
    if (line !== "") onLine(line);
  };
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    const parts = (rest + piece).split(/[\r\n]/);
    // A line without an end is cut, so that it can't grow without bound.
    rest = (parts.pop() ?? "").slice(-65_536);
    for (const part of parts) take(part);
  });
  stream.on("end", () => take(rest));
}

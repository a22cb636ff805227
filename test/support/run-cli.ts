import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";

export const projectRoot = join(import.meta.dirname, "../..");

/** How a command ended. `code` is 128 plus the signal's number where a signal ended it, as a shell reports it. */
export type CliResult = { code: number; stdout: string; stderr: string };

type CliOptions = {
  cwd: string;
  env?: Record<string, string>;
  /** Sent to the command this many milliseconds after its start, or after `once` held for the first time. */
  kill?: { signal: "SIGINT" | "SIGKILL"; after: number; once?: () => Promise<boolean> };
  /** The command's file; the source unless told. */
  main?: string;
};

/** Runs the real command line in a process of its own, without the environment's own settings. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const source = [
    "--conditions=medrounds-source",
    "--disable-warning=ExperimentalWarning",
    join(projectRoot, "src/cli/main.ts"),
  ];
  const { PATH = "", HOME = "", TMPDIR } = process.env;
  const child = spawn(process.execPath, [...(options.main ? [options.main] : source), ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ending = new AbortController();
  const killed = options.kill && killLater(child, options.kill, ending.signal);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  ending.abort();
  await killed;
  return { code, stdout, stderr };
}

async function killLater(
  child: ChildProcess,
  { signal, after, once }: NonNullable<CliOptions["kill"]>,
  ended: AbortSignal,
): Promise<void> {
  try {
    while (once && !(await once())) await pause(5, undefined, { signal: ended });
    await pause(after, undefined, { signal: ended });
    child.kill(signal);
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}

/** A folder for one test file, by its real path. */
export async function makeFolder(name: string): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), `medrounds-${name}-`)));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Writes a manifest of rows, and a picture of its own for each row that names a file. */
export async function writeManifest(
  folder: string,
  rows: readonly Record<string, unknown>[],
  size = 48,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = [...new Set(rows.flatMap(({ file }) => (typeof file === "string" ? [file] : [])))];
  for (const [index, file] of files.entries())
    await writeFile(join(folder, file), await picture(index, size));
  await writeFile(join(folder, "manifest.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
}

/** A gray PNG: the same waves for each number, with a spot in another place, so that all are alike and no two the same. */
function picture(number: number, size: number): Promise<Uint8Array> {
  const [spotX, spotY] = [
    ((number * 7) % 10) / 10 + 0.05,
    ((number * 3 + Math.floor(number / 10)) % 10) / 10 + 0.05,
  ];
  const pixels = Uint8Array.from({ length: size * size }, (_, pixel) => {
    const [x, y] = [(pixel % size) / size, Math.floor(pixel / size) / size];
    const distance = (x - spotX) ** 2 + (y - spotY) ** 2;
    return 90 + 40 * Math.sin(x * 9) * Math.cos(y * 8) + 110 * Math.exp(-distance / 0.01);
  });
  return sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .png()
    .toBuffer();
}

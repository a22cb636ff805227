import { execFile, type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const scripts = join(import.meta.dirname, "peers");
const environment = join(import.meta.dirname, "../node_modules/.cache/medrounds-bench/peers");
const python = join(environment, "bin/python");

/** A figure that a peer measured of itself: milliseconds a query, share of the true nearest found, seconds to build. */
export type PeerFigure = { name: string; median: number; high: number; recall?: number; buildSeconds?: number };

/** Makes the peers' Python environment where it is missing; needs python3 and a package index. */
export async function installPeers(): Promise<void> {
  if (existsSync(join(environment, "installed"))) return;
  await run("python3", ["-m", "venv", environment]);
  await run(python, ["-m", "pip", "install", "--quiet", "-r", join(scripts, "requirements.txt")]);
  await run("touch", [join(environment, "installed")]);
}

/** Runs a peer to its end; each line that it prints is a figure. */
export async function runPeer(script: string, ...given: readonly string[]): Promise<PeerFigure[]> {
  const { stdout } = await run(python, [join(scripts, script), ...given], { maxBuffer: 1e7 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PeerFigure);
}

/** Starts a peer that serves until it is killed. */
export function startPeer(script: string, ...given: readonly string[]): ChildProcess {
  return spawn(python, [join(scripts, script), ...given], { stdio: "ignore" });
}

/**
 * Run before the tests: where no Chromium is found, installs Debian's if this process may (root, with apt-get). Where it may
 * not, the browser tests fail and say how to get one.
 */
import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

const installer = "apt-get";

if (!findChromium() && process.getuid?.() === 0) {
  console.error("No Chromium found; installing Debian's for the browser tests.");
  const options = { stdio: "ignore", timeout: 300_000 } as const;
  spawnSync(installer, ["update"], options);
  spawnSync(installer, ["install", "-y", "--no-install-recommends", "chromium"], options);
}

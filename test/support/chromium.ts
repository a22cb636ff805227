import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const usualPlaces = [
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const installer = "apt-get";

const howToGetOne =
  "The browser tests need Chromium and found none. Install it (Debian, Ubuntu: apt-get install chromium; anywhere: " +
  "npx playwright-core install chromium), or name one in MEDROUNDS_CHROMIUM.";

/** Starts Chromium without a window, drawing in software. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
  });
}

/**
 * The path of a Chromium: MEDROUNDS_CHROMIUM, else one of the system, else Playwright's own; installs one where this process
 * may. Throws an error that says how to get one.
 */
function findChromium(): string {
  const named = process.env.MEDROUNDS_CHROMIUM;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`MEDROUNDS_CHROMIUM names ${named}, which cannot be run.`);
  }
  const found = inSystem() ?? playwrightsOwn() ?? (install() ? inSystem() : undefined);
  if (!found) throw new Error(howToGetOne);
  return found;
}

function inSystem(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...names.map((name) => join("/usr/bin", name)), ...usualPlaces].find(isExecutable);
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return path !== "" && existsSync(path) ? path : undefined;
}

/** Only root may install, and only where apt-get is there to do it. */
function install(): boolean {
  if (process.getuid?.() !== 0) return false;
  const options = { stdio: "ignore", timeout: 180_000 } as const;
  spawnSync(installer, ["update"], options);
  return spawnSync(installer, ["install", "-y", "chromium"], options).status === 0;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

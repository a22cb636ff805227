import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const usualPlaces = [
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The path of a Chromium: MEDROUNDS_CHROMIUM, else one of the system, else Playwright's own; undefined where there is none.
 * Throws where MEDROUNDS_CHROMIUM names one that cannot be run.
 */
export function findChromium(): string | undefined {
  const named = process.env.MEDROUNDS_CHROMIUM;
  if (!named) return inSystem() ?? playwrightsOwn();
  if (isExecutable(named)) return named;
  throw new Error(`MEDROUNDS_CHROMIUM names ${named}, which cannot be run.`);
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

const howToGetOne =
  "The browser tests need Chromium and found none. Install it (Debian, Ubuntu: apt-get install chromium; anywhere: " +
  "npx playwright-core install chromium), or name one in MEDROUNDS_CHROMIUM.";

/** Starts Chromium without a window, drawing in software. Throws an error that says how to get one where there is none. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(howToGetOne);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
  });
}

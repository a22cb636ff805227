import { readFileSync } from "node:fs";

/** The version in package.json, which stands at the same depth above the source and above the build. */
export function productVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}

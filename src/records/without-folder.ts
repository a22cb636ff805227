import { sep } from "node:path";

/** A database's words without the folder that it lies in, which is the current one where it is read. */
export function withoutFolder(text: string): string {
  return text.replaceAll(process.cwd() + sep, "");
}

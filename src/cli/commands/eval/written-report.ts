import { writeFile } from "node:fs/promises";
import type { ReportPage } from "#assembly";
import { writeError } from "#platform";
import { plain, type Terminal, wrap } from "../../terminal.ts";

/** Where a report's page was written, and what it lacks. */
export function tellPage({ files, bytes, imagesMissing }: ReportPage, terminal: Terminal): void {
  const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  terminal.write(wrap(`Wrote ${files.map(plain).join(" and ")}, ${size}.`, terminal.width));
  if (imagesMissing !== null) {
    terminal.write(wrap(`Note: without images. ${plain(imagesMissing)}`, terminal.width));
  }
}

/** Throws `disk-full` or `path-unwritable`. */
export async function saveText(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw writeError(error, file);
  });
}

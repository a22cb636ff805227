import type { DeidentificationRun } from "#assembly";
import { hang, plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";

/** What a run of de-identification did: how many files, what was done to their attributes, what is flagged, what was refused. */
export function renderDeidentification(run: DeidentificationRun, terminal: Terminal): string[] {
  const { files, refused, seconds } = run;
  const skipped = Object.entries(run.skipped).map(([extension, amount]) => `${amount} ${plain(extension)}`);
  const flagged = files.filter(({ burnedInText }) => burnedInText !== null);
  return [
    ...(run.interrupted ? [terminal.paint("doubt", "Interrupted; what was written so far is kept.")] : []),
    `Wrote ${count(files.length, "file")} in ${seconds.toFixed(1)} s.`,
    ...(files.length > 0 ? [wrap(sayChanges(files), terminal.width)] : []),
    ...(skipped.length > 0 ? [wrap(`Skipped, no DICOM files: ${skipped.join(", ")}.`, terminal.width)] : []),
    ...(flagged.length > 0
      ? ["", terminal.paint("doubt", "Text in the pixels, by the file or by its look:")]
      : []),
    ...flagged
      .slice(0, shownFiles)
      .map(({ file, out }) => hang(`  ${plain(file)} → ${plain(out)}`, terminal.width, "    ")),
    ...more(flagged),
    ...(refused.length > 0 ? ["", terminal.paint("doubt", `Refused: ${refused.length}`)] : []),
    ...refused
      .slice(0, shownFiles)
      .map(({ file, message, code }) =>
        hang(`  ${plain(file)}: ${plain(message)} (${code})`, terminal.width, "    "),
      ),
    ...more(refused),
  ];
}

const shownFiles = 50;

function more(items: readonly unknown[]): string[] {
  return items.length > shownFiles ? [`  … and ${items.length - shownFiles} more; --json lists all.`] : [];
}

/** As “Attributes: 12 removed, 3 replaced; by: Basic Application Confidentiality Profile”. */
function sayChanges(files: DeidentificationRun["files"]): string {
  const actions = ["removed", "emptied", "replaced", "shifted"] as const;
  const told = actions.map((action) => {
    return `${files.reduce((sum, { counts }) => sum + counts[action], 0)} ${action}`;
  });
  return `Attributes: ${told.join(", ")}. By: ${(files[0]?.methods ?? []).join("; ")}.`;
}

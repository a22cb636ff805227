/**
 * Which transfer syntaxes the files of `../shared/data/dicom` have and what becomes of each file, beside what pydicom gives; written to
 * docs/dicom-coverage.md. Run it with: node --conditions=medrounds-source bench/dicom-coverage.ts
 */
import { writeFileSync } from "node:fs";
import { coverDicom, type FileOutcome } from "../test/support/dicom-coverage.ts";

const outcomes = await coverDicom();
if (outcomes === null) {
  console.error("The files are not at hand: ../shared/data/dicom.");
  process.exitCode = 1;
} else {
  writeFileSync(new URL("../docs/dicom-coverage.md", import.meta.url), page(outcomes));
}

function page(files: FileOutcome[]): string {
  const syntaxes = Map.groupBy(files, ({ transferSyntax }) => transferSyntax);
  const rows = [...syntaxes]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([syntax, group]) => {
      const count = (outcome: FileOutcome["outcome"]) =>
        group.filter((file) => file.outcome === outcome).length;
      return [
        syntax,
        group.length,
        count("same"),
        count("close"),
        count("more"),
        count("refused"),
        count("differs"),
      ];
    });
  const refusals = files
    .filter(({ outcome }) => outcome === "refused")
    .map(({ file, code, reference }) => [file, code, reference]);
  const slowest = files.toSorted((one, other) => other.milliseconds - one.milliseconds)[0];
  return `# DICOM coverage

Written by \`bench/dicom-coverage.ts\` from ${files.length} public files (MIT and similar licenses; not part of this repository), beside the
pixel array of pydicom 2.3.1 with GDCM.

- **same**: the SHA-256 of the uninterpreted little-endian pixel array is equal.
- **close**: a lossy transfer syntax with equal shape and type, and a mean within one gray level.
- **more**: decoded here, while the reference reader failed.
- **refused**: an error with a code; the list is below.
- **differs**: decoded to something else.

${table(["transfer syntax", "files", "same", "close", "more", "refused", "differs"], rows)}

The slowest file took ${Math.round(slowest?.milliseconds ?? 0)} ms on one core.

## Refused

${table(["file", "code", "the reference reader"], refusals)}
`;
}

function table(head: string[], rows: (string | number | undefined)[][]): string {
  const line = (cells: (string | number | undefined)[]) =>
    `| ${cells.map((cell) => cell ?? "").join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

import { describe, expect, it } from "vitest";
import { coverDicom } from "../../../test/support/dicom-coverage.ts";

const outcomes = await coverDicom();

/** Its frame header was overwritten so that it names a width of 3.7 billion; the reference reader gives noise for it. */
const withoutSense = "pydicom__JPEG2000-embedded-sequence-delimiter.dcm";

describe.skipIf(outcomes === null)(
  "real DICOM files (skipped where ../shared/data/dicom is not at hand)",
  () => {
    const files = outcomes ?? [];

    it("decode to the values of the reference reader wherever it decodes them", () => {
      const table = Map.groupBy(files, ({ transferSyntax }) => transferSyntax);
      for (const [syntax, group] of table) {
        const counts = Object.entries(Object.groupBy(group, ({ outcome }) => outcome));
        console.log(`${syntax}: ${counts.map(([outcome, some]) => `${some.length} ${outcome}`).join(", ")}`);
      }
      const missed = files.filter(
        ({ outcome, reference }) =>
          outcome === "differs" || (outcome === "refused" && reference === "decodes"),
      );
      expect(missed.map(({ file }) => file)).toEqual([withoutSense]);
    });

    it("are refused by a code where they can't be decoded, within two seconds each", () => {
      expect(files.length).toBeGreaterThan(100);
      for (const { file, outcome, code, milliseconds } of files) {
        if (outcome === "refused") expect(code, file).toMatch(/^(?:dicom|image|file)-/);
        expect(milliseconds, file).toBeLessThan(2_000);
      }
    });
  },
);

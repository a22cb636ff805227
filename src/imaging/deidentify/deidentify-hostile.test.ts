import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { type WrittenElement, writeDicomImage } from "../../../test/support/dicom-writer.ts";
import { findMarks, plantedFile } from "../../../test/support/planted-identities.ts";
import { decodePixels } from "../dicom/decode-pixels.ts";
import { bytesOf } from "../dicom/pixel-array.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { deidentifyFile } from "./deidentify-file.ts";

const key = Buffer.alloc(32, 7);
const name = "image";
const clean = (bytes: Uint8Array) => deidentifyFile(bytes, { key, name });

describe("deidentifyFile on hostile files", () => {
  it("throws nothing but classified errors on damaged files, without a value of theirs", () => {
    const { bytes } = plantedFile({ patient: 4, instance: 0 });
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 100, max: bytes.length }), (changes, length) => {
        const damaged = Buffer.from(bytes.subarray(0, length));
        for (const [at, value] of changes) if (at < length) damaged[at] = value;
        try {
          clean(damaged);
        } catch (error) {
          expect(MedRoundsError.is(error)).toBe(true);
          const told = Buffer.from(JSON.stringify(error) + String(error));
          expect(findMarks(told)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("can read what it wrote, whatever text stands in any text attribute", () => {
    const tag = fc.constantFrom(
      0x00080070,
      0x00100010,
      0x00080020,
      0x00180015,
      0x0020000d,
      0x00080030,
      0x00181020,
    );
    const vrs: Record<number, string> = { 1048592: "PN", 524320: "DA", 1572885: "CS", 2097165: "UI" };
    fc.assert(
      fc.property(tag, fc.string({ maxLength: 60 }), (one, text) => {
        const elements: WrittenElement[] = [[one, vrs[one] ?? (one === 0x00080030 ? "TM" : "LO"), text]];
        const { bytes } = clean(writeDicomImage({ rows: 1, columns: 2, pixels: [1, 2], elements }));
        const { report } = clean(bytes);
        expect(report.changes.filter((change) => ["removed", "shifted"].includes(change.action))).toEqual(
          report.changes.filter((change) => change.tag === "(0008,0020)" && change.action === "shifted"),
        );
      }),
      { numRuns: 200 },
    );
  });
});

const files = join(import.meta.dirname, "../../../../shared/data/dicom/files");

describe.skipIf(!existsSync(files))("deidentifyFile on real files", () => {
  it("keeps the pixels of every file that can be decoded", { timeout: 120_000 }, async () => {
    const hash = async (bytes: Uint8Array) =>
      createHash("sha256")
        .update(bytesOf((await decodePixels(readDicom(bytes, { name }))).data))
        .digest("hex");
    for (const file of readdirSync(files)) {
      const bytes = readFileSync(join(files, file));
      // Written in the order of its pixels, which is not that of its words.
      if (file.includes("small_odd_big_endian")) continue;
      const expected = await hash(bytes).catch(() => undefined);
      if (expected !== undefined) expect([file, await hash(clean(bytes).bytes)]).toEqual([file, expected]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import {
  transferSyntaxes,
  type WrittenElement,
  writeDicomImage,
} from "../../../test/support/dicom-writer.ts";
import {
  findMarks,
  plantedFile,
  plantedFiles,
  plantedJpeg,
} from "../../../test/support/planted-identities.ts";
import { decodePixels } from "../dicom/decode-pixels.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { readItems, readText, readTexts } from "../dicom/values.ts";
import { deidentifyFile } from "./deidentify-file.ts";

const key = Buffer.alloc(32, 7);
const name = "image";
const clean = (bytes: Uint8Array) => deidentifyFile(bytes, { key, name });
const cleanElements = (...elements: WrittenElement[]) => {
  const bytes = writeDicomImage({ rows: 1, columns: 2, pixels: [1, 2], elements });
  const { report, ...cleaned } = clean(bytes);
  return { ...cleaned, report, dataSet: readDicom(cleaned.bytes, { name }).dataSet };
};

describe("deidentifyFile", () => {
  it("leaves no planted identity in any of 100 files, their names and their reports", () => {
    for (const planted of [...plantedFiles(100).map((file) => file.bytes), plantedJpeg()]) {
      expect(findMarks(planted).length).toBeGreaterThan(1);
      const { bytes, fileName, report } = clean(planted);
      expect(findMarks(bytes)).toEqual([]);
      expect(findMarks(Buffer.from(fileName + JSON.stringify(report)))).toEqual([]);
    }
  });

  it("keeps instances of a series, studies of a patient and patients apart and together", () => {
    const ids = (place: { patient: number; study: number; instance: number }) => {
      const { dataSet } = readDicom(clean(plantedFile(place).bytes).bytes, { name });
      return [0x00100020, 0x0020000d, 0x0020000e, 0x00080018].map((tag) => readText(dataSet, tag));
    };
    const [first, sameSeries, otherStudy, otherPatient] = [
      ids({ patient: 1, study: 0, instance: 0 }),
      ids({ patient: 1, study: 0, instance: 1 }),
      ids({ patient: 1, study: 1, instance: 0 }),
      ids({ patient: 2, study: 0, instance: 0 }),
    ];
    expect(sameSeries.slice(0, 3)).toEqual(first.slice(0, 3));
    expect(sameSeries[3]).not.toBe(first[3]);
    expect(otherStudy[0]).toBe(first[0]);
    expect(otherStudy.filter((id) => first.includes(id))).toHaveLength(1);
    expect(otherPatient.filter((id) => first.includes(id))).toEqual([]);
  });

  it("gives the same bytes again under the same key, and other ids under another one", () => {
    const { bytes } = plantedFile({ patient: 3, instance: 0 });
    expect(clean(bytes)).toEqual(clean(bytes));
    const other = deidentifyFile(bytes, { key: Buffer.alloc(32, 8), name });
    expect(other.fileName).not.toBe(clean(bytes).fileName);
  });

  it("moves all dates of a patient by the same days, and keeps times", () => {
    const { dataSet } = cleanElements(
      [0x00080020, "DA", "20200228"],
      [0x00080021, "DA", "20200301"],
      [0x0008002a, "DT", "20200229235959.5+0100"],
      [0x00080030, "TM", "101500"],
      [0x00100020, "LO", "7"],
    );
    const day = (tag: number) =>
      Date.parse((readText(dataSet, tag) ?? "").replace(/^(....)(..)(..).*/, "$1-$2-$3"));
    expect(day(0x00080021) - day(0x00080020)).toBe(2 * 86_400_000);
    expect(day(0x0008002a) - day(0x00080020)).toBe(86_400_000);
    expect(day(0x00080020)).toBeLessThan(Date.parse("2020-02-28"));
    expect(readText(dataSet, 0x0008002a)).toMatch(/^\d{8}235959\.5$/);
    expect(readText(dataSet, 0x00080030)).toBe("101500");
    expect(readText(dataSet, 0x00280303)).toBe("MODIFIED");
  });

  it("removes dates and devices where the options say so", () => {
    const elements: WrittenElement[] = [
      [0x00080020, "DA", "20200228"],
      [0x00400244, "DA", "20200228"],
      [0x00181000, "LO", "SN 1"],
    ];
    const bytes = writeDicomImage({ rows: 1, columns: 1, pixels: [1], elements });
    const { dataSet } = readDicom(
      deidentifyFile(bytes, { key, name, dates: "removed", device: "removed" }).bytes,
      { name },
    );
    expect(readText(dataSet, 0x00080020)).toBeUndefined();
    expect(dataSet.elements.has(0x00400244)).toBe(false);
    expect(readText(dataSet, 0x00181000)).toBe("REMOVED");
    expect(readText(dataSet, 0x00280303)).toBe("REMOVED");
    expect(readItems(dataSet, 0x00120064).map((item) => readText(item, 0x00080100))).toEqual(["113100"]);
  });

  it("says in the file what was done", () => {
    const { dataSet } = cleanElements();
    expect(readText(dataSet, 0x00120062)).toBe("YES");
    expect(readTexts(dataSet, 0x00120063).every((text) => text.length <= 64)).toBe(true);
    const codes = readItems(dataSet, 0x00120064).map((item) => readText(item, 0x00080100));
    expect(codes).toEqual(["113100", "113107", "113109"]);
  });

  it("keeps what made and what draws the image", () => {
    const { dataSet } = cleanElements(
      [0x00080070, "LO", "Maker"],
      [0x00180060, "DS", "120"],
      [0x00185101, "CS", "PA"],
      [0x00281050, "DS", "40\\50"],
      [0x00281051, "DS", "400\\500"],
      [
        0x00283010,
        "SQ",
        {
          items: [
            [
              [0x00283002, "US", [2, 0, 16]],
              [0x00283006, "OW", [1, 2]],
            ],
          ],
        },
      ],
    );
    expect([0x00080070, 0x00180060, 0x00185101].map((tag) => readText(dataSet, tag))).toEqual([
      "Maker",
      "120",
      "PA",
    ]);
    expect(readTexts(dataSet, 0x00281050)).toEqual(["40", "50"]);
    expect([...(readItems(dataSet, 0x00283010)[0]?.elements.get(0x00283006)?.bytes ?? [])]).toEqual([
      1, 0, 2, 0,
    ]);
  });

  it("keeps the view that only a removed description told", () => {
    const { dataSet } = cleanElements([0x00080060, "CS", "DX"], [0x0008103e, "LO", "Chest PA of Otto"]);
    expect(readText(dataSet, 0x00185101)).toBe("PA");
    expect(dataSet.elements.has(0x0008103e)).toBe(false);
  });

  it("removes a kept text that repeats a name or a number of the file, but not what says how pixels are coded", () => {
    const { dataSet } = cleanElements(
      [0x00100010, "PN", "MONOCHROME2^OTTO"],
      [0x00100020, "LO", "4711-08"],
      [0x00080070, "LO", "Maker of otto"],
      [0x00081090, "LO", "Model 4711-08/3"],
      [0x00181020, "LO", "ottomotor"],
      [0x00180060, "DS", "4711"],
      [0x00181000, "LO", "SN 123456"],
      [0x00200013, "IS", "123456"],
      [0x00080050, "SH", "123456"],
    );
    expect(readText(dataSet, 0x00180060)).toBe("4711");
    expect([0x00181000, 0x00200013].filter((tag) => dataSet.elements.has(tag))).toEqual([]);
    expect(readText(dataSet, 0x00080070)).toBeUndefined();
    expect(readText(dataSet, 0x00081090)).toBeUndefined();
    expect(readText(dataSet, 0x00181020)).toBe("ottomotor");
    expect(readText(dataSet, 0x00280004)).toBe("MONOCHROME2");
  });

  it("removes values that have not the form of their kind", () => {
    const { dataSet } = cleanElements(
      [0x00180060, "DS", "of Otto"],
      [0x00180015, "CS", "CHEST;Otto"],
      [0x00080070, "LO", Buffer.from([0x4d, 0xfc, 0x6c])],
      [0x00080033, "TM", "noon"],
      [0x00180050, "LO", "5"],
    );
    expect(
      [0x00180060, 0x00180015, 0x00080070, 0x00080033, 0x00180050].filter((tag) => dataSet.elements.has(tag)),
    ).toEqual([]);
  });

  it("replaces every UID that is not the standard's own", () => {
    const { dataSet } = cleanElements(
      [0x00080018, "UI", "1.2.840.10008.1.2"],
      [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"],
      [0x0008010c, "UI", "1.3.6.1.4.1.99"],
    );
    expect(readText(dataSet, 0x00080018)).toMatch(/^2\.25\.\d{1,39}$/);
    expect(readText(dataSet, 0x00080016)).toBe("1.2.840.10008.5.1.4.1.1.7");
    expect(readText(dataSet, 0x0008010c)).toMatch(/^2\.25\./);
  });

  it("clears an overlay that stands in unused bits of the pixels", async () => {
    const elements: WrittenElement[] = [[0x60000102, "US", [12]]];
    const bytes = writeDicomImage({
      rows: 1,
      columns: 2,
      pixels: [0x1123, 0xe456],
      bitsStored: 12,
      elements,
    });
    const { data } = await decodePixels(readDicom(clean(bytes).bytes, { name }));
    expect([...data]).toEqual([0x0123, 0xe456]);
  });

  it("writes 8-bit pixels of big endian words in the order of the pixels", () => {
    const elements: WrittenElement[] = [[0x7fe00010, "OW", Uint8Array.of(2, 1, 0, 3)]];
    const transferSyntax = transferSyntaxes.explicitBigEndian;
    const image = { rows: 1, columns: 3, bitsAllocated: 8, pixels: [], elements, transferSyntax } as const;
    const { dataSet } = readDicom(clean(writeDicomImage(image)).bytes, { name });
    expect([...(dataSet.elements.get(0x7fe00010)?.bytes ?? [])]).toEqual([1, 2, 3, 0]);
  });

  it("gives files of no known patient different patients, by study", () => {
    const patientOf = (study: string) =>
      readText(cleanElements([0x0020000d, "UI", study]).dataSet, 0x00100020);
    expect(patientOf("1.2.3")).toBe(patientOf("1.2.3"));
    expect(patientOf("1.2.3")).not.toBe(patientOf("1.2.4"));
  });

  it("tells what the file says of text in its pixels", () => {
    expect(cleanElements([0x00280301, "CS", "YES"]).report.burnedInAnnotation).toBe("yes");
    expect(cleanElements([0x00280301, "CS", "NO"]).report.burnedInAnnotation).toBe("no");
    expect(cleanElements().report.burnedInAnnotation).toBe("not stated");
  });

  it("reports names of attributes and counts, private ones by their kind", () => {
    const { report } = cleanElements(
      [0x00100030, "DA", "19610304"],
      [0x00091001, "LO", "x"],
      [0x00091002, "LO", "x"],
    );
    expect(report.changes).toContainEqual({
      tag: "(0010,0030)",
      name: "Patient's Birth Date",
      action: "emptied",
      count: 1,
    });
    expect(report.changes.filter((change) => change.name === "private attribute")).toHaveLength(2);
    expect(report.counts.removed).toBe(2);
  });

  it("refuses a short key, and a directory of files", () => {
    const bytes = writeDicomImage({ rows: 1, columns: 1, pixels: [1] });
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return MedRoundsError.is(error) ? error.code : error;
      }
      return undefined;
    };
    expect(code(() => deidentifyFile(bytes, { key: Buffer.alloc(15), name }))).toBe("key-invalid");
    const meta: WrittenElement[] = [[0x00020002, "UI", "1.2.840.10008.1.3.10"]];
    const directory = writeDicomImage({ rows: 1, columns: 1, pixels: [1], meta });
    expect(code(() => clean(directory))).toBe("file-unsupported");
  });
});

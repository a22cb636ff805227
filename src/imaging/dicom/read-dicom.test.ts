import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import {
  transferSyntaxes,
  type WrittenElement,
  writeDicom,
  writeDicomImage,
} from "../../../test/support/dicom-writer.ts";
import { isDicom, readDicom } from "./read-dicom.ts";
import { readItems, readNumber, readNumbers, readText, readTexts } from "./values.ts";

const read = (bytes: Uint8Array) => readDicom(bytes, { name: "scan" });

function codeOf(bytes: Uint8Array): string {
  try {
    read(bytes);
    return "read";
  } catch (error) {
    if (MedRoundsError.is(error)) return error.code;
    throw error;
  }
}

const elements: WrittenElement[] = [
  [0x00080016, "UI", "1.2.3"],
  [0x00080060, "CS", "DX"],
  [0x00091001, "LO", "private"],
  [0x00181164, "DS", "0.139\\0.14"],
  [0x00280010, "US", [515]],
  [0x00400275, "SQ", { items: [[[0x00081140, "SQ", { items: [[[0x00280011, "US", [7]]]] }]], []] }],
];

describe("reading a data set", () => {
  const forms = Object.entries(transferSyntaxes).slice(0, 4);
  it.each(forms)("gives the same values in the form %s", (_, transferSyntax) => {
    const file = read(writeDicom({ elements, transferSyntax }));
    expect(file.transferSyntax.uid).toBe(transferSyntax);
    expect(readText(file.dataSet, 0x00080060)).toBe("DX");
    expect(readNumber(file.dataSet, 0x00280010)).toBe(515);
    expect(readNumbers(file.dataSet, 0x00181164)).toEqual([0.139, 0.14]);
    const [item, empty] = readItems(file.dataSet, 0x00400275);
    expect(readNumber(readItems(item!, 0x00081140)[0]!, 0x00280011)).toBe(7);
    expect(empty!.elements.size).toBe(0);
  });

  it.each(forms)("follows sequences of undefined length in the form %s", (_, transferSyntax) => {
    const inner: WrittenElement = [
      0x00081140,
      "SQ",
      { items: [[[0x00280011, "US", [7]]]], undefinedLength: true },
    ];
    const outer: WrittenElement = [0x00400275, "SQ", { items: [[inner], []], undefinedLength: true }];
    const { dataSet } = read(
      writeDicom({ elements: [elements[0]!, outer, [0x00400280, "ST", "after"]], transferSyntax }),
    );
    const items = readItems(dataSet, 0x00400275);
    expect(items).toHaveLength(2);
    expect(readNumber(readItems(items[0]!, 0x00081140)[0]!, 0x00280011)).toBe(7);
    expect(readText(dataSet, 0x00400280)).toBe("after");
  });

  it("finds the form of a file without preamble and meta information", () => {
    for (const transferSyntax of forms.slice(0, 3).map(([, uid]) => uid)) {
      const bytes = writeDicom({ elements, transferSyntax, meta: null });
      expect(isDicom(bytes)).toBe(true);
      expect(readNumber(read(bytes).dataSet, 0x00280010)).toBe(515);
    }
    expect(readText(read(writeDicom({ elements, preamble: false })).dataSet, 0x00080060)).toBe("DX");
  });

  it("reads a data set whose form is not the one that its meta information names", () => {
    const body = writeDicom({ elements, meta: null });
    const head = writeDicom({ elements: [], transferSyntax: transferSyntaxes.implicitLittleEndian });
    expect(readNumber(read(Buffer.concat([head, body])).dataSet, 0x00280010)).toBe(515);
  });

  it("reads a sequence that its writer did not know as implicit inside", () => {
    const item = writeDicom({
      elements: [[0x00280011, "US", [7]]],
      transferSyntax: transferSyntaxes.implicitLittleEndian,
      meta: null,
    });
    const header = Buffer.from("0900 0110 554e 0000 ffffffff feff00e0 ffffffff".replaceAll(" ", ""), "hex");
    const end = Buffer.from("feff0de000000000feffdde000000000", "hex");
    const bytes = Buffer.concat([writeDicom({ elements: elements.slice(0, 2) }), header, item, end]);
    const { dataSet } = read(bytes);
    expect(readNumber(readItems(dataSet, 0x00091001)[0]!, 0x00280011)).toBe(7);
  });

  it("takes zeros behind the last element for padding", () => {
    expect(codeOf(Buffer.concat([writeDicom({ elements }), Buffer.alloc(37)]))).toBe("read");
  });

  it("decodes text by the character set that its item has or inherits", () => {
    const latin = Buffer.from("\xc4rztlich", "latin1");
    const file = read(
      writeDicom({
        elements: [
          [0x00080005, "CS", "ISO_IR 100"],
          [0x00081030, "LO", latin],
          [
            0x00400275,
            "SQ",
            {
              items: [
                [[0x00081030, "LO", latin]],
                [
                  [0x00080005, "CS", "ISO_IR 192"],
                  [0x00081030, "LO", "Ärztlich"],
                ],
              ],
            },
          ],
        ],
      }),
    );
    const items = readItems(file.dataSet, 0x00400275);
    expect([file.dataSet, ...items].map((item) => readText(item, 0x00081030))).toEqual(
      Array(3).fill("Ärztlich"),
    );
  });

  it("parts text at backslashes, but not where they are part of it", () => {
    const { dataSet } = read(
      writeDicom({
        elements: [...elements.slice(0, 1), [0x00080008, "CS", "A\\B "], [0x00204000, "LT", "a\\b"]],
      }),
    );
    expect(readTexts(dataSet, 0x00080008)).toEqual(["A", "B"]);
    expect(readTexts(dataSet, 0x00204000)).toEqual(["a\\b"]);
  });
});

describe("refusing a file", () => {
  it("refuses what is empty or no DICOM file", () => {
    expect(codeOf(Buffer.alloc(0))).toBe("file-empty");
    expect(codeOf(Buffer.from("Chest X-ray, normal."))).toBe("image-not-image");
  });

  it("refuses every file that ends inside its data set", () => {
    const bytes = writeDicomImage({ rows: 2, columns: 2, pixels: [1, 2, 3, 4], elements });
    for (let length = 140; length < bytes.length; length++) {
      expect(["image-truncated", "read"], String(length)).toContain(codeOf(bytes.subarray(0, length)));
    }
    expect(codeOf(bytes.subarray(0, bytes.length - 1))).toBe("image-truncated");
  });

  it("refuses sequences nested deeper than 32", () => {
    let items: WrittenElement = [0x00400275, "SQ", { items: [] }];
    for (let depth = 0; depth < 40; depth++) items = [0x00400275, "SQ", { items: [[items]] }];
    expect(codeOf(writeDicom({ elements: [elements[0]!, items] }))).toBe("dicom-damaged");
  });

  it("refuses an element that is longer than the item that holds it", () => {
    const bytes = writeDicom({
      elements: [elements[0]!, [0x00400275, "SQ", { items: [[[0x00081030, "LO", "text"]]] }]],
    });
    bytes[bytes.length - 6] = 200;
    expect(codeOf(Buffer.concat([bytes, Buffer.alloc(300, 65)]))).toBe("dicom-damaged");
  });

  it("refuses zeros between elements, instead of looking at them again and again", () => {
    const bytes = Buffer.concat([writeDicom({ elements }), Buffer.alloc(4_000_000), Buffer.from([1])]);
    const began = performance.now();
    expect(codeOf(bytes)).toBe("dicom-damaged");
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it("refuses a deflated data set that expands too far, or that is cut off", () => {
    const head = writeDicom({ elements: [], transferSyntax: transferSyntaxes.deflated }).subarray(0, -2);
    const bomb = deflateRawSync(Buffer.alloc(80_000_000));
    expect(codeOf(Buffer.concat([head, bomb]))).toBe("file-expands-too-far");
    const whole = writeDicom({ elements, transferSyntax: transferSyntaxes.deflated });
    expect(codeOf(whole.subarray(0, -20))).toBe("image-truncated");
  });

  it("repeats nothing of the file in its message", () => {
    const bytes = writeDicom({ elements: [[0x00100010, "PN", "SECRET"]] });
    const error = (() => {
      try {
        return read(bytes.subarray(0, -3));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(JSON.stringify(error) + String(error)).not.toContain("SECRET");
  });

  it("reads or refuses any damage of a file by a code, never otherwise", () => {
    const bytes = writeDicomImage({ rows: 3, columns: 3, pixels: Array(9).fill(5), elements });
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(flips, (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [offset, value] of changes) damaged[offset] = value;
        expect(codeOf(damaged)).toBeTypeOf("string");
      }),
      { numRuns: 500 },
    );
  });
});

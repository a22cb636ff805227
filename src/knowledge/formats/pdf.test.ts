import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContent, readOne, sectionsOf } from "../../../test/support/format-file.ts";
import { pdfLines, tinyPdf } from "../../../test/support/tiny-pdf.ts";
import { pdf } from "./pdf.ts";

const hello = pdfLines([["Hello, lungs.", 700]]);

describe("a PDF", () => {
  it("is a section a page, under the page's number, and titled by itself", async () => {
    const document = await readOne(
      pdf,
      tinyPdf([hello, "", pdfLines([["The end.", 700]])], { title: "Lungs" }),
    );
    expect(document.title).toBe("Lungs");
    expect(sectionsOf(document)).toEqual([
      ["page 1", "Hello, lungs."],
      ["page 3", "The end."],
    ]);
    expect(document.metadata).toEqual({ pages: 3, pagesWithoutText: [2] });
  });

  it("has a blank line where lines stand apart, and whole words where a line divides one", async () => {
    const page = pdfLines([
      ["The pneu-", 720],
      ["monia grew in the X-", 706],
      ["ray of 2-", 692],
      ["3 days.", 678],
      ["A new paragraph.", 640],
    ]);
    const { text, title } = await readOne(pdf, tinyPdf([page]));
    expect(text).toBe("The pneumonia grew in the X-\nray of 2-\n3 days.\n\nA new paragraph.");
    expect(title).toBe("file.x");
  });

  it("reads packed pages, and refuses one that expands too far before it does", async () => {
    const packed = tinyPdf([deflateSync(hello)], { filter: "/Filter /FlateDecode" });
    expect((await readOne(pdf, packed)).text).toBe("Hello, lungs.");
    const bomb = deflateSync(deflateSync(Buffer.alloc(80_000_000, 32)));
    const hostile = tinyPdf([bomb], { filter: "/Filter [/FlateDecode /FlateDecode]" });
    expect(await readContent(pdf, hostile)).toMatchObject({ documents: [], fault: "file-expands-too-far" });
  });

  it("is refused where it holds no text, or needs a password", async () => {
    expect((await readContent(pdf, tinyPdf(["", ""]))).refused).toEqual([[undefined, "file-without-text"]]);
    const key = "0".repeat(64);
    const trailer = `/ID [<${key}> <${key}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${key}> /U <${key}> >>`;
    expect((await readContent(pdf, tinyPdf([hello], { trailer }))).fault).toBe("file-encrypted");
  });

  it("is recognized by its first bytes", () => {
    expect(pdf.recognizes("%PDF-1.7\n")).toBe(true);
    expect(pdf.recognizes("About %PDF-1.7")).toBe(false);
  });

  it("is read or refused with a code, however it is damaged", async () => {
    const whole = tinyPdf([hello, hello]);
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    const damaged = fc.record({ changes: fc.array(change, { maxLength: 20 }), end: fc.nat(whole.length) });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ changes, end }) => {
        const content = Buffer.from(whole);
        for (const { at, byte } of changes) content[at] = byte;
        const cut = end % 3 === 0 ? content.subarray(0, end) : content;
        const { documents, refused, fault } = await readContent(pdf, cut);
        const codes = [...refused.map(([, code]) => code), ...(fault ? [fault] : [])];
        if (cut.length > 0) expect(documents.length + codes.length).toBe(1);
        for (const code of codes)
          expect(code).toMatch(/^file-(?:damaged|without-text|encrypted|expands-too-far)$/);
      }),
      { numRuns: 25 },
    );
  });
});

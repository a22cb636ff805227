import { describe, expect, it } from "vitest";
import { readContent } from "../../../test/support/format-file.ts";
import type { DocumentFormat } from "./format.ts";
import { inlineText } from "./markup.ts";
import { xmlRecords } from "./xml-records.ts";

/** A format whose records are elements `r`: what is read of the XML, and the fault. */
const records: DocumentFormat = {
  name: "records",
  extensions: [],
  recognizes: () => false,
  async *read({ pieces }) {
    for await (const { element, line } of xmlRecords(pieces, ["r"])) {
      yield { line, type: "case", row: { line, text: inlineText(element) } };
    }
  },
};

async function read(content: string | Uint8Array, pieceLength = 5) {
  const { cases, fault } = await readContent(records, content, { pieceLength });
  return [...cases.map(({ line, text }) => `${line} ${text}`), ...(fault ? [fault] : [])];
}

describe("XML", () => {
  it("gives each record with its line, wherever pieces are cut, and not those inside another", async () => {
    const content =
      "<set>\n<r>One <b>é</b> &lt; &#233;</r>\n<x>no</x><r><r>Two</r><![CDATA[ <3>]]></r></set>";
    for (const length of [1, 2, 7, 1000]) {
      expect(await read(content, length)).toEqual(["2 One é < é", "3 Two <3>"]);
    }
  });

  it("gives what stands before a damage, then says that it is damaged", async () => {
    expect(await read("<set><r>One</r><r>Two</set>")).toEqual(["1 One", "file-damaged"]);
    expect(await read("<set><r>One</r><r>Tw")).toEqual(["1 One", "file-damaged"]);
    expect(await read("no XML at all")).toEqual(["file-damaged"]);
  });

  it("expands no entity of the document and fetches none", async () => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(50)}"><!ENTITY c "${"&b;".repeat(50)}">]>`;
    expect(await read(`${bomb}<set><r>One</r><r>&c;</r></set>`)).toEqual(["1 One", "file-damaged"]);
    const outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>';
    expect(await read(outside)).toEqual(["file-damaged"]);
    const harmless = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r>One</r>';
    expect(await read(harmless)).toEqual(["1 One"]);
  });

  it("refuses elements nested too deep and records that are too large, in bounded time", async () => {
    expect(await read("<r>".repeat(100_000), 65_536)).toEqual(["file-damaged"]);
    expect(await read(`<s>${"<a>".repeat(300)}`)).toEqual(["file-damaged"]);
    expect(await read(`<r>${"<a/>".repeat(600_000)}</r>`, 65_536)).toEqual(["file-too-large"]);
    expect(await read(`<r>${"words ".repeat(3_000_000)}`, 65_536)).toEqual(["file-too-large"]);
    expect(await read(`<!DOCTYPE r [${" ".repeat(17_000_000)}`, 65_536)).toEqual(["file-too-large"]);
  });

  it("is read in the encoding that it declares, and refused in none that is known", async () => {
    const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><r>é</r>`;
    expect(await read(Buffer.from(declared("ISO-8859-1"), "latin1"), 200)).toEqual(["1 é"]);
    expect(await read(Buffer.from(`\uFEFF${declared("UTF-16")}`, "utf16le"), 200)).toEqual(["1 é"]);
    expect(await read(Buffer.from(declared("UTF-8"), "latin1"), 200)).toEqual(["file-not-text"]);
    expect(await read(declared("x-none"), 200)).toEqual(["file-not-text"]);
  });
});

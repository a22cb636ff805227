import { SaxesParser } from "saxes";
import { MedRoundsError } from "#contracts";
import type { Piece } from "#platform";
import { decodePieces } from "./decode-pieces.ts";
import type { Element } from "./markup.ts";

/** Deepest nesting of elements. */
const depthLimit = 256;
/** Characters of one record, and characters without any markup. */
const sizeLimit = 16 * 1024 * 1024;
/** Elements of one record. */
const elementLimit = 500_000;

/** An element of a document with all that is in it; `line` is where it begins, `bytes` of the file were read so far. */
export type XmlRecord = { element: Element; line: number; bytes: number };

/**
 * The elements of the given names in an XML 1.0 document, in order, not those inside one of them. One is in memory at a time. No entity is
 * known but the five of XML and characters by number, so nothing outside is read and nothing expands. What stands before a
 * damage is given. Throws `file-damaged` for XML that is not well-formed or nests deeper than 256 elements, `file-too-large` for a
 * record of more than 16 MB or 500,000 elements, and `file-not-text`.
 */
export async function* xmlRecords(
  pieces: AsyncIterable<Piece>,
  names: readonly string[],
): AsyncGenerator<XmlRecord, void> {
  const parser = createRecordParser(new Set(names));
  for await (const { text, bytes } of decodePieces(pieces)) {
    for (const record of parser.take(text)) yield { ...record, bytes };
    if (parser.problem()) throw parser.problem();
  }
  parser.end();
  if (parser.problem()) throw parser.problem();
}

function createRecordParser(names: ReadonlySet<string>) {
  const parser = new SaxesParser();
  let done: { element: Element; line: number }[] = [];
  let open: Element[] = [];
  let recordLine = 0;
  let depth = 0;
  let size = 0;
  let elements = 0;
  let unmarked = 0;
  let closedAt = -1;
  let problem: MedRoundsError | undefined;
  const fail = (code: "file-damaged" | "file-too-large", message: string) => {
    problem ??= new MedRoundsError(code, message, { line: parser.line });
  };
  const addText = (text: string) => {
    unmarked = 0;
    if (!problem) open.at(-1)?.children.push(text);
  };
  parser.on("error", () => {
    // saxes closes an element whose end is missing, then says so.
    if (closedAt === parser.position) done.pop();
    fail("file-damaged", `The XML is not well-formed at line ${parser.line}.`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    unmarked = 0;
    depth++;
    if (depth > depthLimit) fail("file-damaged", `The XML nests deeper than ${depthLimit} elements.`);
    if (problem || (open.length === 0 && !names.has(name))) return;
    if (open.length === 0) {
      recordLine = parser.line;
      size = 0;
      elements = 0;
    }
    elements++;
    const element: Element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    unmarked = 0;
    depth--;
    const element = open.pop();
    if (!element || open.length > 0 || problem) return;
    done.push({ element, line: recordLine });
    closedAt = parser.position;
  });
  return {
    /** The records that a further part of the document completes; none after a problem. */
    take(text: string) {
      done = [];
      parser.write(text);
      unmarked += text.length;
      if (open.length > 0) size += text.length;
      if (size > sizeLimit || unmarked > sizeLimit || elements > elementLimit) {
        open = [];
        fail("file-too-large", "The XML holds a record that is too large.");
      }
      return done;
    },
    end() {
      if (!problem) parser.close();
    },
    problem: () => problem,
  };
}

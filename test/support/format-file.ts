import { expect } from "vitest";
import { MedRoundsError } from "../../src/contracts/index.ts";
import type { DocumentFormat, SourceDocument } from "../../src/knowledge/index.ts";

/** What a format reads from a content: documents, the line and code of each refusal, and the code of the file's own fault. */
export type ReadContent = {
  documents: SourceDocument[];
  refused: [line: number | undefined, code: string][];
  cases: Record<string, unknown>[];
  fault?: string;
};

/** Reads a content that comes in pieces of `pieceLength` bytes. A fault that is no error of ours is thrown. */
export async function readContent(
  format: DocumentFormat,
  content: string | Uint8Array,
  { name = "folder/file.x", pieceLength = 65_536 }: { name?: string; pieceLength?: number } = {},
): Promise<ReadContent> {
  const result: ReadContent = { documents: [], refused: [], cases: [] };
  try {
    for await (const item of format.read({ name, pieces: pieces(Buffer.from(content), pieceLength) })) {
      if (item.type === "document") result.documents.push(item.document);
      else if (item.type === "case") result.cases.push(item.row);
      else result.refused.push([item.line, item.failure.code]);
    }
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    result.fault = error.code;
  }
  return result;
}

async function* pieces(content: Buffer, length: number) {
  for (let start = 0; start < content.length; start += length) {
    const data = content.subarray(start, start + length);
    yield { data, bytes: start + data.length };
  }
}

/** The only document of a content. */
export async function readOne(format: DocumentFormat, content: string | Uint8Array): Promise<SourceDocument> {
  const { documents, ...rest } = await readContent(format, content);
  expect(rest).toEqual({ refused: [], cases: [] });
  expect(documents).toHaveLength(1);
  return documents[0] as SourceDocument;
}

/** The sections of a document: headings joined by " / ", and text. */
export function sectionsOf({ text, sections }: SourceDocument): [headings: string, text: string][] {
  return sections.map(({ headings, start, end }) => [headings.join(" / "), text.slice(start, end).trim()]);
}

/** Sections lie inside the text, in order, without overlap. */
export function expectSound({ text, sections }: SourceDocument): void {
  let end = 0;
  for (const section of sections) {
    expect(section.start).toBeGreaterThanOrEqual(end);
    expect(section.end).toBeGreaterThanOrEqual(section.start);
    end = section.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
}

import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { passageSchema } from "#contracts";
import { chunkDocument } from "./chunking/chunk-document.ts";
import { readRow } from "./formats/read-row.ts";
import type { Row } from "./formats/row.ts";

const data = new URL("../../../shared/data/", import.meta.url);

function rowsOf(path: string): Row[] {
  const bytes = readFileSync(new URL(path, data));
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((row) => !row.file);
}

describe("real corpora", () => {
  it.for([
    {
      path: "kb_medquad/manifest.jsonl.gz",
      documents: 4692,
      titled: "focus",
      kept: ["labels", "cuis", "origin", "source", "qa"],
    },
    { path: "kb_openstax_ap/manifest.jsonl", documents: 4641, titled: "title", kept: ["labels", "source"] },
    {
      path: "kb_ontology/manifest.jsonl.gz",
      documents: 8451,
      titled: "name",
      kept: ["def", "synonyms", "xrefs", "is_a", "subsets"],
    },
    { path: "ir_scifact/corpus.jsonl", documents: 5183, titled: "title", kept: [] },
  ])(
    "$path: each row is read, and each passage is the exact text of its document",
    ({ path, documents, titled, kept }, { skip }) => {
      skip(!existsSync(new URL(path, data)), `The real data ${path} is not on this machine.`);
      const rows = rowsOf(path);
      expect(rows.length).toBe(documents);
      const ids = new Set<string>();
      for (const row of rows) {
        const document = readRow(row);
        expect(document.id).toBe(row.id ?? row._id);
        expect(document.title).toBe(row[titled] || document.id);
        expect(document.licence).toBe(row.licence);
        expect(Object.keys(document.metadata)).toEqual(expect.arrayContaining(kept));
        const passages = chunkDocument({ document, corpus: "real", file: path });
        expect(passages.length).toBeGreaterThan(0);
        for (const { id, text, source } of passages) {
          ids.add(id);
          if (text !== document.text.slice(source.start, source.end)) throw new Error(`${id} is not exact.`);
          if (text.length > 1500) throw new Error(`${id} is too long.`);
        }
        const cut = passages
          .map((passage) => passage.text)
          .join("")
          .replaceAll(/\s/g, "");
        const whole = document.sections.map(({ start, end }) => document.text.slice(start, end)).join("");
        if (cut !== whole.replaceAll(/\s/g, "")) throw new Error(`${document.id} lost text.`);
        expect(passageSchema.safeParse(passages[0]).success).toBe(true);
      }
      expect(ids.size).toBeGreaterThanOrEqual(documents);
    },
  );

  it("has each MedQuAD answer as a section under focus and question", ({ skip }) => {
    const path = "kb_medquad/manifest.jsonl.gz";
    skip(!existsSync(new URL(path, data)), `The real data ${path} is not on this machine.`);
    for (const row of rowsOf(path).slice(0, 200)) {
      const document = readRow(row);
      const pairs = row.qa as { question: string; answer: string }[];
      const expected = pairs.map((pair) => [row.focus, pair.question, pair.answer]);
      const sections = document.sections.map(({ headings, start, end }) => [
        ...headings,
        document.text.slice(start, end),
      ]);
      expect(sections).toEqual(expected);
    }
  });
});

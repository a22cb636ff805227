import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addToLibrary, type Library, openLibraryAt } from "../src/assembly/index.ts";
import { type DocumentFormat, documentFormats } from "../src/knowledge/index.ts";

/** What `docs/guides/add-a-format.md` adds: a card a stanza, `# id title` and lines of text. */
const cards: DocumentFormat = {
  name: "cards",
  extensions: [".cards"],
  recognizes: (head) => head.startsWith("CARDS 1\n"),
  async *read({ pieces }) {
    let text = "";
    for await (const { data } of pieces) text += data.toString("utf8");
    for (const card of text.split(/^# /m).slice(1)) {
      const [, id = "", title = "", content = ""] = /^(\S+) (.*)\n([\s\S]*)$/.exec(card) ?? [];
      const sections = [{ headings: [], start: 0, end: content.length }];
      yield { type: "document", document: { id, title, text: content, sections, metadata: {} } };
    }
  },
};

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-adding-"));
  library = await openLibraryAt(join(folder, "library"), { create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const content = "CARDS 1\n# c1 Lungs\nThe lungs are paired.\n# c2 Heart\nThe heart is single.\n";

it("a format that is one more entry of the list is read, by its extension and by its content", async () => {
  const formats = [...documentFormats, cards];
  const byExtension = join(folder, "a.cards");
  const byContent = join(folder, "download");
  await writeFile(byExtension, content);
  await writeFile(byContent, content);
  await expect(addToLibrary({ library, paths: [byExtension] })).rejects.toMatchObject({
    code: "file-unsupported",
  });
  const first = await addToLibrary({ library, paths: [byExtension], formats });
  expect(first).toMatchObject({ added: { documents: 2, passages: 2 }, refused: [] });
  const again = await addToLibrary({ library, paths: [byContent], formats });
  expect(again).toMatchObject({ added: { documents: 0 }, unchanged: { documents: 2 } });
  const hits = await library.passages.searchTerms({ query: "paired lungs", top: 1, columns: ["record"] });
  expect(JSON.parse(hits[0]?.row.record ?? "{}")).toMatchObject({
    title: "Lungs",
    text: "The lungs are paired.",
  });
});

it("each format of the list has a name of its own, extensions with a dot, and recognizes no empty file", () => {
  const names = documentFormats.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, extensions, recognizes } of documentFormats) {
    expect(name).toMatch(/^[a-z][a-z-]*$/);
    expect(extensions.length).toBeGreaterThan(0);
    for (const extension of extensions) expect(extension).toMatch(/^\.[a-z0-9]+$/);
    expect(recognizes("")).toBe(false);
  }
});

import { describe, expect, it } from "vitest";
import { chooseFormat, formatNamed } from "./choose-format.ts";

async function choose(name: string, content: string): Promise<string | undefined> {
  return (await chooseFormat({ name, head: async () => Buffer.from(content) }))?.name;
}

describe("the format of a file", () => {
  it.each([
    ["a.md", "markdown"],
    ["A.HTML", "html"],
    ["a.pdf.gz", "pdf"],
    ["a.jsonl.zst", "json-lines"],
    ["a.tsv", "tsv"],
    ["a.obo", "obo"],
    ["a.nxml", "jats"],
  ])("is told by the extension of %s without a look inside", async (name, format) => {
    const head = () => Promise.reject(new Error("It was looked into."));
    expect((await chooseFormat({ name, head }))?.name).toBe(format);
  });

  it("is told by the content where formats share the extension", async () => {
    expect(await choose("a.xml", "<PubmedArticleSet>")).toBe("pubmed");
    expect(await choose("a.xml.gz", "<?xml version='1.0'?><article>")).toBe("jats");
    expect(await choose("a.txt", "1\tOne.\n2\tTwo.")).toBe("tsv");
    expect(await choose("a.txt", "\uFEFFformat-version: 1.2\n")).toBe("obo");
    expect(await choose("a.txt", '{"id":"a","text":"Words."}')).toBe("json-lines");
    expect(await choose("a.txt", "Words.")).toBe("text");
  });

  it("is told by the content where no format has the extension, and is none where no format is certain", async () => {
    expect(await choose("download", "%PDF-1.7")).toBe("pdf");
    expect(await choose("page.php", "<!doctype html><html>")).toBe("html");
    expect(await choose("a.py", "print('words')")).toBeUndefined();
    expect(await choose("LICENSE", "# Words\n")).toBeUndefined();
  });

  it("can be named, and a name that there is none of is answered with those that there are", () => {
    expect(formatNamed("tsv").name).toBe("tsv");
    expect(() => formatNamed("docx")).toThrow(/json-lines, pdf, .*text\./);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSound, readContent, readOne, sectionsOf } from "../../../test/support/format-file.ts";
import { jats } from "./jats.ts";

const meta = (content: string) => `<front><article-meta>${content}</article-meta></front>`;

describe("a JATS article", () => {
  it("has its ids, license, journal and keywords", async () => {
    const document = await readOne(
      jats,
      `<article><front><journal-meta><journal-title-group><journal-title>Chest tests</journal-title></journal-title-group></journal-meta>
      <article-meta><article-id pub-id-type="pmid">17</article-id><article-id pub-id-type="pmc">99</article-id><article-id pub-id-type="doi">10.1/x y</article-id>
      <title-group><article-title>Effusion<xref ref-type="fn"><sup>*</sup></xref></article-title></title-group><pub-date><year>2001</year></pub-date>
      <permissions><license xlink:href="https://example.org/by" xmlns:xlink="x"><license-p>Free.</license-p></license></permissions>
      <kwd-group><kwd>lung</kwd><kwd>pleura</kwd></kwd-group></article-meta></front><body><p>Words.</p></body></article>`,
    );
    expect(document).toMatchObject({
      id: "PMC99",
      url: "https://pmc.ncbi.nlm.nih.gov/articles/PMC99/",
      licence: "https://example.org/by",
      text: "Words.",
      metadata: {
        pmid: "17",
        pmcid: "PMC99",
        doi: "10.1/x y",
        journal: "Chest tests",
        year: "2001",
        keywords: ["lung", "pleura"],
      },
    });
  });

  it("has abstract and body under their titles, without references", async () => {
    const document = await readOne(
      jats,
      `<article>${meta("<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>")}<body>
      <sec><label>1</label><title>Signs</title><p>Fluid blunts the angle.<sup><xref>1</xref></sup></p>
        <sec><title>Volumes</title><p>About 2×10<sup>2</sup> mL.</p></sec></sec>
      <sec><title>Care</title><p>Drain it.</p></sec></body><back><ref-list><ref>A paper.</ref></ref-list></back></article>`,
    );
    expect(sectionsOf(document)).toEqual([
      ["Abstract / Aim", "To see."],
      ["Signs", "Fluid blunts the angle."],
      ["Signs / Volumes", "About 2×10^2 mL."],
      ["Care", "Drain it."],
    ]);
    expect(document.text).toContain("Signs\n\nFluid");
  });

  it("has lists, tables and captions as text", async () => {
    const document = await readOne(
      jats,
      `<article><body><p>Causes:<list><list-item><label>1.</label><p>Failure</p><list><list-item><p>left</p></list-item></list></list-item><list-item><p>Cancer</p></list-item></list> and more.</p>
      <table-wrap><label>Table 1</label><caption><title>Fluid.</title><p>By kind.</p></caption><table><thead><tr><th>Kind</th><th>LDH</th></tr></thead><tbody><tr><td>Exudate</td><td>high</td></tr></tbody></table></table-wrap>
      <fig><label>Figure 1</label><caption><p>An angle.</p></caption><graphic/></fig></body></article>`,
    );
    expect(document.text.split("\n\n")).toEqual([
      "Causes:",
      "- Failure\n- left\n- Cancer",
      "and more.",
      "Fluid. By kind.",
      "Kind | LDH\nExudate | high",
      "An angle.",
    ]);
  });

  it("is a document of its own in a set, named by the file where it has no id", async () => {
    const content = `<pmc-articleset><article><body><p>One.</p></body></article><article><body><p>Two.</p></body></article><article/></pmc-articleset>`;
    const { documents, refused } = await readContent(jats, content, { name: "set.xml" });
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ["set.xml", "One."],
      ["set.xml#2", "Two."],
    ]);
    expect(refused).toEqual([[1, "row-without-text"]]);
  });
});

describe("a chapter of a book", () => {
  it("has its title, and its sections with subtitles in bold as StatPearls writes them", async () => {
    const document = await readOne(
      jats,
      `<book-part-wrapper><book-meta><book-title-group><book-title>Pearls</book-title></book-title-group></book-meta>
      <book-part><book-part-meta><book-part-id book-part-id-type="pmcid">NBK1</book-part-id><title-group><title>Effusion</title></title-group></book-part-meta>
      <body><sec><title>Treatment</title><p>First.</p><p><bold>Drainage</bold></p><p>Second.</p></sec><sec><title>Prognosis</title><p>Third.</p></sec></body></book-part></book-part-wrapper>`,
    );
    expect(document).toMatchObject({ id: "NBK1", title: "Effusion" });
    expect(sectionsOf(document)).toEqual([
      ["Treatment", "First."],
      ["Treatment / Drainage", "Second."],
      ["Prognosis", "Third."],
    ]);
  });
});

describe("the JATS format", () => {
  it("refuses XML of another kind, and recognizes its own", async () => {
    expect((await readContent(jats, "<note><p>Words.</p></note>")).fault).toBe("file-without-text");
    expect(jats.recognizes('<!DOCTYPE article>\n<article article-type="research-article">')).toBe(true);
    expect(jats.recognizes("<note>")).toBe(false);
  });

  it("reads or refuses any tree of its elements", async () => {
    const names = [
      "sec",
      "title",
      "p",
      "bold",
      "list",
      "list-item",
      "table",
      "tr",
      "td",
      "sup",
      "xref",
      "fig",
      "body",
      "article-meta",
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom("Words ", "\n", "&lt;", ""),
        fc
          .tuple(fc.constantFrom(...names), fc.array(tie("tree"), { maxLength: 4 }))
          .map(([name, children]) => `<${name}>${children.join("")}</${name}>`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 6 }), async (parts) => {
        const { documents, refused, fault } = await readContent(
          jats,
          `<article><body>${parts.join("")}</body></article>`,
        );
        expect(fault).toBeUndefined();
        expect(documents.length + refused.length).toBe(1);
        for (const document of documents) expectSound(document);
      }),
      { numRuns: 200 },
    );
  });
});

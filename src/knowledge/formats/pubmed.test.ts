import { describe, expect, it } from "vitest";
import { readContent, readOne, sectionsOf } from "../../../test/support/format-file.ts";
import { pubmed } from "./pubmed.ts";

const article = (pmid: string, content: string) =>
  `<PubmedArticle><MedlineCitation>${pmid}<Article>${content}</Article></MedlineCitation></PubmedArticle>`;
const set = (...articles: string[]) =>
  `<?xml version="1.0"?><PubmedArticleSet>${articles.join("\n")}</PubmedArticleSet>`;

describe("PubMed's XML", () => {
  it("is a document an article: abstract under its labels, journal, year, DOI and MeSH terms as metadata", async () => {
    const content = `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">17</PMID><Article>
      <Journal><JournalIssue><PubDate><MedlineDate>2001 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Chest tests</Title></Journal>
      <ArticleTitle>Effusion in <i>E. coli</i> disease.</ArticleTitle>
      <Abstract><AbstractText Label="AIM">To count 10<sup>9</sup> cells.</AbstractText><AbstractText Label="RESULT">p &lt; 0.05.</AbstractText></Abstract>
      </Article><CommentsCorrectionsList><CommentsCorrections><PMID>3</PMID></CommentsCorrections></CommentsCorrectionsList>
      <MeshHeadingList><MeshHeading><DescriptorName>Lung</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation>
      <PubmedData><ArticleIdList><ArticleId IdType="doi">10.1/x</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>`;
    const document = await readOne(pubmed, content);
    expect(document).toMatchObject({
      id: "17",
      title: "Effusion in E. coli disease.",
      url: "https://pubmed.ncbi.nlm.nih.gov/17/",
      metadata: { journal: "Chest tests", year: "2001", doi: "10.1/x", mesh: ["Lung"] },
    });
    expect(sectionsOf(document)).toEqual([
      ["AIM", "To count 10^9 cells."],
      ["RESULT", "p < 0.05."],
    ]);
  });

  it("has the title as text where there is no abstract", async () => {
    const document = await readOne(
      pubmed,
      set(article("<PMID>1</PMID>", "<ArticleTitle>A title.</ArticleTitle>")),
    );
    expect(sectionsOf(document)).toEqual([["", "A title."]]);
  });

  it("refuses an article without PMID or without words, and goes on", async () => {
    const good = article("<PMID>3</PMID>", "<Abstract><AbstractText>Words.</AbstractText></Abstract>");
    const content = set(article("", "<ArticleTitle>A</ArticleTitle>"), article("<PMID>2</PMID>", ""), good);
    const { documents, refused } = await readContent(pubmed, content);
    expect(refused).toEqual([
      [1, "row-invalid"],
      [2, "row-without-text"],
    ]);
    expect(documents).toMatchObject([{ id: "3", title: "3", text: "Words." }]);
  });

  it("reads chapters of books", async () => {
    const content =
      "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>5</PMID><ArticleTitle>Lungs</ArticleTitle><Abstract><AbstractText>Words.</AbstractText></Abstract></BookDocument></PubmedBookArticle></PubmedArticleSet>";
    expect(await readOne(pubmed, content)).toMatchObject({ id: "5", title: "Lungs", text: "Words." });
  });

  it("is refused where it holds no article, and recognized by its root", async () => {
    expect((await readContent(pubmed, "<PubmedArticleSet/>")).fault).toBe("file-without-text");
    expect(pubmed.recognizes('<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>')).toBe(
      true,
    );
    expect(pubmed.recognizes("<article>")).toBe(false);
  });
});

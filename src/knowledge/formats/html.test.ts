import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSound, readContent, readOne, sectionsOf } from "../../../test/support/format-file.ts";
import { html } from "./html.ts";

const filler =
  "Fluid in the pleural space has many causes, among them heart failure, infection, and cancer. ".repeat(6);
const page = (body: string, head = "<title>Effusion</title>") =>
  `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

describe("a page of HTML", () => {
  it("has its main text under its headings, with lists and tables", async () => {
    const document = await readOne(
      html,
      page(`<nav><a href="/">Home</a></nav><article><h1>Effusion</h1><p>${filler}</p><h2>Signs</h2><p>Up to 10<sup>9</sup>/L.<sup><a href="#1">[1]</a></sup></p>
      <ul><li>Meniscus</li><li>Blunting<ul><li>lateral</li></ul></li></ul><h3>Volumes</h3><table><tr><th>Sign</th><th>mL</th></tr><tr><td>Blunting</td><td>200</td></tr></table></article><footer>Contact</footer>`),
    );
    expect(document.title).toBe("Effusion");
    expect(sectionsOf(document).slice(-2)).toEqual([
      ["Signs", "Up to 10^9/L.\n\n- Meniscus\n- Blunting\n- lateral"],
      ["Signs / Volumes", "Sign | mL\nBlunting | 200"],
    ]);
    expect(document.text).not.toMatch(/Home|Contact/);
  });

  it("leaves out scripts, navigation and what is hidden", async () => {
    const hidden = [
      "<script>alert('SECRET')</script><style>SECRET</style><noscript>SECRET</noscript><template>SECRET</template>",
      '<p hidden>SECRET</p><p style="color:red; display : none">SECRET</p><p style="visibility:hidden">SECRET</p>',
      '<p style="font-size:0px">SECRET</p><p style="opacity:0.0">SECRET</p><div aria-hidden="true">SECRET</div>',
      '<div role="navigation">SECRET</div><!-- SECRET --><svg><text>SECRET</text></svg>',
    ].join("");
    const { text } = await readOne(
      html,
      page(`<p>${filler}</p>${hidden}<p style="opacity:0.5">Shown. ${filler}</p>`),
    );
    expect(text).not.toContain("SECRET");
    expect(text).toContain("Shown.");
  });

  it("keeps a short page as it is, and says where it is from and under which license", async () => {
    const head =
      '<title>Note</title><link rel="canonical" href="https://example.org/a"><link rel="license" href="https://example.org/by">';
    const document = await readOne(html, page("<h2>Dose</h2><p>50 mg.</p>", head));
    expect(document).toMatchObject({
      title: "Note",
      url: "https://example.org/a",
      licence: "https://example.org/by",
    });
    expect(sectionsOf(document)).toEqual([["Dose", "50 mg."]]);
  });

  it("takes no address from a page but a web one", async () => {
    const document = await readOne(
      html,
      page("<p>Words.</p>", '<link rel="canonical" href="javascript:alert(1)">'),
    );
    expect(document.url).toBeUndefined();
  });

  it("is read in the encoding that it declares, and refused where it is not in it", async () => {
    const content = page("<p>Sjögren</p>", '<meta charset="iso-8859-1">');
    expect((await readOne(html, Buffer.from(content, "latin1"))).text).toBe("Sjögren");
    const wrong = Buffer.from(page("<p>Sjögren</p>"), "latin1");
    expect((await readContent(html, wrong)).fault).toBe("file-not-text");
  });

  it("is refused in bounded time where it nests too deep, and read where it is wide", async () => {
    const began = performance.now();
    const deep = `${"<div>".repeat(50_000)}x`;
    expect((await readContent(html, deep)).refused).toEqual([[undefined, "file-damaged"]]);
    const wide = await readContent(html, page("<p>Some words, with a comma.</p>".repeat(5_000)));
    expect(wide.documents).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it("is recognized by its beginning", () => {
    expect(html.recognizes("\n<!DOCTYPE HTML>\n<html>")).toBe(true);
    expect(html.recognizes('<?xml version="1.0"?><html xmlns="x">')).toBe(true);
    expect(html.recognizes("About <html>")).toBe(false);
  });

  it("is a document or a refusal, whatever it holds", async () => {
    const unit = fc.constantFrom(
      ...[
        "<p>",
        "</p>",
        "<div",
        ">",
        "<h2>",
        "</h2>",
        "<ul>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "<!--",
        "-->",
        "<script>",
      ],
      ...[
        "</script>",
        "<a href='",
        "'",
        "&amp;",
        "&#0;",
        "Words ",
        "<![CDATA[",
        "<body>",
        "</html>",
        "<svg>",
        "<sup>",
        "é",
        "<p style='display:none'>",
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 40 }), async (content) => {
        if (content === "") return;
        const { documents, refused, fault } = await readContent(html, content);
        expect(fault).toBeUndefined();
        expect(refused).toEqual([]);
        for (const document of documents) expectSound(document);
      }),
      { numRuns: 200 },
    );
  });
});

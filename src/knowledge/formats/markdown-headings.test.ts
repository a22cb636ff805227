import { describe, expect, it } from "vitest";
import { findHeadings } from "./markdown-headings.ts";

function found(text: string): [number, string][] {
  return findHeadings(text, 0).map((heading) => [heading.level, heading.text]);
}

describe("findHeadings", () => {
  it.each<[string, [number, string][]]>([
    ["# One", [[1, "One"]]],
    ["   ###### Six ###  ", [[6, "Six"]]],
    ["#\tTab", [[1, "Tab"]]],
    ["## C#", [[2, "C#"]]],
    ["## #", [[2, ""]]],
    ["#", [[1, ""]]],
    ["####### Seven", []],
    ["#hashtag", []],
    ["    # Indented code", []],
    ["\\# Escaped", []],
    ["> # Quoted", []],
  ])("reads the ATX line %j as %j", (text, headings) => {
    expect(found(text)).toEqual(headings);
  });

  it.each<[string, [number, string][]]>([
    ["One\n===", [[1, "One"]]],
    ["Two\r\n--\r\nText", [[2, "Two"]]],
    ["Text.\n\nTwo\n---", [[2, "Two"]]],
    ["\n---\n", []],
    ["- item\n---", []],
    ["> quote\n---", []],
    ["| a |\n---", []],
    ["    code\n---", []],
    ["First line\nsecond line\n---", []],
    ["***\n---", []],
    ["Text\n\n---", []],
  ])("reads the setext lines %j as %j", (text, headings) => {
    expect(found(text)).toEqual(headings);
  });

  it.each([
    ["```\n# no\n```\n# yes"],
    ["~~~ python\n# no\n```\n# no\n~~~~\n# yes"],
    ["````\n```\n# no\n````\n# yes"],
    ["  ```\n# no\n ```  \n# yes"],
    ["<!-- note\n# no\n-->\n# yes"],
    ["<!-- note -->\n# yes"],
    ["``` a`b\n# yes"],
  ])("leaves fenced code and comments alone in %j", (text) => {
    expect(found(text)).toEqual([[1, "yes"]]);
  });

  it("lets an unclosed fence run to the end", () => {
    expect(found("# yes\n```\n# no\n\n# no")).toEqual([[1, "yes"]]);
  });

  it("gives the offsets of the heading's lines, underline and line ends included", () => {
    expect(findHeadings("\r\nOne\r\n===\r\nText", 0)).toEqual([{ level: 1, text: "One", start: 2, end: 12 }]);
  });

  it("reads hostile lines of 200,000 characters in linear time", () => {
    const started = performance.now();
    for (const unit of ["#", " ", "-", "- ", "* ", "# ", "`", "=", "\r", "-->", "\n#"]) {
      findHeadings(`# ${unit.repeat(200_000 / unit.length)}x`, 0);
      findHeadings(`${unit.repeat(200_000 / unit.length)}x`, 0);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

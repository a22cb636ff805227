import { describe, expect, it } from "vitest";
import { termOf, tokensOf } from "./analyze.ts";

const terms = (text: string) => tokensOf(text).map((token) => termOf(token));

describe("the terms of a text", () => {
  it.each([
    ["T2-weighted images, 3.5 cm", ["t2", "weight", "imag", "3", "5", "cm"]],
    ["Crohn’s disease", ["crohn", undefined, "diseas"]],
    ["Sjögren œdema straße Ångström", ["sjogren", "oedema", "strasse", "angstrom"]],
    ["ﬁbrosis x² ½", ["fibrosi", "x2", "12"]],
    ["β-catenin 中文", ["β", "catenin", "中文"]],
    ["", []],
  ])("%j are %j", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it("leave out stop words as they are after stemming", () => {
    expect(terms("What is the effusion before it was having")).toEqual([
      undefined,
      undefined,
      undefined,
      "effus",
      "befor",
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("leave out tokens of 40 bytes and more", () => {
    expect(terms(`${"x".repeat(39)} ${"x".repeat(40)} ${"é".repeat(20)}`)).toEqual([
      "x".repeat(39),
      undefined,
      undefined,
    ]);
  });
});

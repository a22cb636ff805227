import { expect, it } from "vitest";
import { plainSnippet } from "./snippet.ts";

it.each([
  ["A <strong>pleural</strong> effusion<br/>is fluid", "A pleural effusionis fluid"],
  ["p &lt; 0.05 &amp; EF &gt; 55&#37; &#x2265; &hellip;", "p < 0.05 & EF > 55% ≥ &hellip;"],
  ["K<3.5 and p<b>", "K<3.5 and p"],
  ["two\n lines  ", "two lines"],
  [null, ""],
])("makes of %j the words %j", (text, words) => {
  expect(plainSnippet(text)).toBe(words);
});

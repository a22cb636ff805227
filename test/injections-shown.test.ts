import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderRound } from "../src/cli/render/round.ts";
import { createRoundTeller } from "../src/cli/render/steps.ts";
import { plain, type Terminal } from "../src/cli/terminal.ts";
import type { RoundEvent } from "../src/contracts/index.ts";
import { roundFromEvents, runRound } from "../src/reasoning/index.ts";
import { exportMarkdown } from "../src/web/answer/markdown-export.ts";
import { plain as plainOnPage, webAddress } from "../src/web/plain-text.ts";
import { applyEvents, emptyRound } from "../src/web/round/round-view.ts";
import { injections, plantedLibrary } from "./support/injections.ts";
import { collectEvents, makeImage, makeRequest } from "./support/rounds.ts";
import { nothingSaid, policyOf } from "./support/scripted-policy.ts";

/** A round that finds the text wherever something can be found, cites all of it, and repeats it as its answer. */
async function roundWith(text: string): Promise<RoundEvent[]> {
  const tools = ["search_passages", "find_similar_cases", "search_web"] as const;
  const calls = tools.map((tool, index) => ({ id: `${index}`, tool, query: text }));
  const citations = [1, 2, 3, 4].map((evidence) => {
    return { claim: text, evidence, quote: evidence === 1 ? text : null, start: 0, end: text.length };
  });
  const answer = { text, choice: "A", confidence: 0.5, abstained: false, citations };
  const differential = [{ label: "A", probability: 0.5, interval: [0.1, 0.9] as [number, number] }];
  const { policy } = policyOf(
    { type: "search", said: nothingSaid, calls },
    { type: "invalid", said: nothingSaid, hint: text },
    { type: "answer", said: nothingSaid, answer: { ...answer, differential }, confidenceMethod: "none" },
  );
  const images = [{ ...makeImage(text), notes: [text] }];
  const options = [
    { label: "A", text },
    { label: "B", text: "none" },
  ];
  const question = { text, images: [{ name: text }], options };
  return collectEvents(runRound(makeRequest({ policy, library: plantedLibrary(text), images, question })));
}

const shown = injections.filter(({ kind }) => kind !== "long");

describe("what stands in a library, shown to a person", () => {
  it("steers no terminal, wherever it comes from", async () => {
    const lines: string[] = [];
    const terminal: Terminal = {
      width: 80,
      paint: (_tone, text) => text,
      write: (line) => lines.push(line),
    };
    for (const { text } of shown) {
      const events = await roundWith(text);
      const tell = createRoundTeller(terminal);
      for (const event of events) tell(event);
      lines.push(...renderRound(roundFromEvents(events), terminal));
    }
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => /(?!\n)\p{Cc}|\p{Bidi_Control}/u.test(line))).toEqual([]);
    expect(lines.some((line) => line.includes("OSPREY"))).toBe(true);
  });

  it("is no markup in an exported answer: no link, no image, no tag, no heading, no code", async () => {
    for (const { text } of shown) {
      const view = applyEvents(emptyRound, await roundWith(text));
      const exported = exportMarkdown(view);
      expect(exported).toContain("# ");
      // What is escaped is text; the address of the page is our own.
      const live = exported
        .replace(/\\[!-/:-@[-`{-~]/g, "x")
        .replaceAll("<https://example.org/effusion>", "");
      expect(live, text).not.toMatch(/!\[|\]\(|\]\[|^[>\s]*\[\d+\]:|<|`|~~/m);
      // Its own headings and its own line before the notice.
      expect(live.match(/^#+ |^[ >]*[-=]{2,}\s*$/gm)?.length, text).toBe(3);
      expect(exported, text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    }
  });

  it("is text on the page, without control and bidirectional signs", () => {
    for (const { text } of shown) {
      expect(plainOnPage(text)).not.toMatch(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/u);
      expect(plain(text)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    }
  });

  it("is no address on the page but one of the web", () => {
    for (const address of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "vbscript:x",
      "//x",
      "",
    ]) {
      expect(webAddress(address)).toBeNull();
    }
  });

  it("is never made into elements of the page", () => {
    const web = join(import.meta.dirname, "../src/web");
    const files = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(40);
    for (const file of files.filter((name) => !name.includes(".test."))) {
      const code = readFileSync(join(web, file), "utf8");
      expect(code, file).not.toMatch(
        /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcDoc/,
      );
    }
  });
});

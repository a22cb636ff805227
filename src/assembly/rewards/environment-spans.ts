import type { Transcript } from "#contracts";
import type { Trajectory } from "#training";
import { parseTranscript } from "#transcript";
import type { Item } from "./item-schema.ts";
import { matchBlocks } from "./retrieved-blocks.ts";

type Environment = Transcript["environment"];

/** What offsets count: code units of UTF-16, as in JavaScript, or code points, as in Python. */
export type OffsetUnit = "utf-16" | "code-points";

const spanKinds: Record<string, NonNullable<Environment[number]["kind"]>> = {
  environment: "retrieve",
  retrieve: "retrieve",
  hint: "hint",
  demand: "demand",
};

/**
 * What of a text the environment wrote: what the spans say, where there are spans. Else a block that says what was retrieved is the
 * environment's (`spans-matched`); else, where the trainer named its grammar, a block behind a query is taken for it (`spans-guessed`); else none is
 * (`spans-missing`).
 */
export function environmentSpans(given: {
  text: string;
  spans: Item["spans"];
  offsets: OffsetUnit;
  /** Null where the trainer does not say what was retrieved; empty where nothing was. */
  retrieved: Trajectory["retrieved"] | null;
  grammar: string;
  isGrammarGiven: boolean;
}): { environment: Environment; flags: string[] } {
  const { text, spans, offsets, retrieved, grammar, isGrammarGiven } = given;
  if (spans) {
    const place = offsets === "code-points" ? placesOf(text) : (offset: number) => offset;
    const environment = spans.flatMap(({ kind, start, end }) => {
      const own = Object.hasOwn(spanKinds, kind) ? spanKinds[kind] : undefined;
      return own === undefined ? [] : [{ start: place(start), end: place(end), kind: own }];
    });
    return { environment, flags: [] };
  }
  const { segments } = parseTranscript({ text, environment: [], grammar });
  const blocks = segments.filter(({ kind }) => kind === "retrieve");
  if (blocks.length === 0) return { environment: [], flags: [] };
  const spansOf = (own: typeof blocks): Environment => own.map(({ start, end }) => ({ start, end }));
  if (retrieved !== null) {
    const matches = matchBlocks(
      blocks.map(({ content }) => content),
      retrieved,
    );
    return { environment: spansOf(blocks.filter((_, index) => matches[index])), flags: ["spans-matched"] };
  }
  if (!isGrammarGiven) return { environment: [], flags: ["spans-missing"] };
  const asked = segments.filter(
    ({ kind }, index) => kind === "retrieve" && segments[index - 1]?.kind === "query",
  );
  return { environment: spansOf(asked), flags: ["spans-guessed"] };
}

/** Where each code point of a text lies in UTF-16. */
function placesOf(text: string): (offset: number) => number {
  if (!/[\uD800-\uDFFF]/.test(text)) return (offset) => offset;
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    places.push(place);
    place += character.length;
  }
  return (offset) => places[offset] ?? (offset < 0 ? offset : place);
}

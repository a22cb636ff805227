import type { ToolName, Transcript } from "#contracts";
import type { Grammar, TagKind } from "./grammars/grammar.ts";
import { grammars } from "./grammars/list.ts";
import { escapeTags, openingTag } from "./tags.ts";

type Span = Transcript["environment"][number];

export type TranscriptWriter = {
  /** Appends a whole block; tag look-alikes in its text are escaped. */
  think(text: string): void;
  query(text: string, tool?: ToolName): void;
  answer(text: string): void;
  /** Appends what a model wrote, unaltered; text after text goes on where it stopped. */
  model(rawText: string): void;
  /** Appends a retrieve block that the environment wrote. */
  retrieve(text: string): void;
  /** Appends plain text that the environment wrote, the cure for an invalid action. It may name tags. */
  hint(text: string): void;
  /** The same: that the answer has to be given now. */
  demand(text: string): void;
  /** The transcript so far. */
  snapshot(): Transcript;
};

/**
 * Writes a transcript block by block. Blocks stand apart by the grammar's gap. The line breaks around environment text belong to
 * the environment and are there as soon as its block is, so what a model continues at inference (`snapshot().text`), what
 * training masks (the spans) and what is stored are the same bytes.
 */
export function createTranscriptWriter(grammar: Grammar = grammars[0]): TranscriptWriter {
  const { tags, gap, documents } = grammar;
  let text = "";
  let modelTurn = false;
  const environment: Span[] = [];

  const separate = () => {
    if (text === "") return;
    let present = gap.length;
    while (!text.endsWith(gap.slice(0, present))) present--;
    text += gap.slice(present);
  };
  const write = (block: string) => {
    separate();
    text += block;
    modelTurn = false;
  };
  const writeEnvironment = (kind: NonNullable<Span["kind"]>, block: string) => {
    const start = text.length;
    write(block);
    separate();
    if (text.length > start) environment.push({ start, end: text.length, kind });
  };
  const element = (kind: TagKind, content: string, tool?: ToolName) =>
    `${openingTag(tags[kind], tool)}${content}${tags[kind].close}`;
  const escaped = (content: string) => escapeTags(content, grammar);

  return {
    think: (content) => write(element("think", escaped(content))),
    query: (content, tool) => write(element("query", escaped(content), tool)),
    answer: (content) => write(element("answer", escaped(content))),
    model: (rawText) => {
      if (!modelTurn) separate();
      text += rawText;
      modelTurn = true;
    },
    retrieve: (content) =>
      writeEnvironment(
        "retrieve",
        element("retrieve", `${documents.lead}${escaped(content)}${documents.trail}`),
      ),
    hint: (content) => writeEnvironment("hint", content),
    demand: (content) => writeEnvironment("demand", content),
    snapshot: () => ({
      text,
      environment: environment.map((span) => ({ ...span })),
      ...(grammar === grammars[0] ? {} : { grammar: grammar.name }),
    }),
  };
}

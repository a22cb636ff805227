import type { ToolName, Transcript } from "#contracts";
import { closingTag, escapeTags, openingTag, type TagKind } from "./tags.ts";

export type TranscriptWriter = {
  /** Appends a whole block; tag look-alikes in its text are escaped. */
  think(text: string): void;
  query(text: string, tool?: ToolName): void;
  answer(text: string): void;
  /** Appends what a model wrote, unaltered; text after text goes on where it stopped. */
  model(rawText: string): void;
  /** Appends a retrieve block that the environment wrote. */
  retrieve(text: string): void;
  /** Appends plain text that the environment wrote, such as the cure for an invalid action. */
  hint(text: string): void;
  /** The transcript so far. */
  snapshot(): Transcript;
};

/**
 * Writes a transcript block by block. Blocks stand on lines of their own. The line breaks around environment text belong to
 * the environment and are there as soon as its block is, so what a model continues at inference (`snapshot().text`), what
 * training masks (the spans) and what is stored are the same bytes.
 */
export function createTranscriptWriter(): TranscriptWriter {
  let text = "";
  let modelTurn = false;
  const environment: { start: number; end: number }[] = [];

  const endLine = () => {
    if (text !== "" && !text.endsWith("\n")) text += "\n";
  };
  const write = (block: string) => {
    endLine();
    text += block;
    modelTurn = false;
  };
  const writeEnvironment = (block: string) => {
    const start = text.length;
    write(block);
    endLine();
    if (text.length > start) environment.push({ start, end: text.length });
  };

  return {
    think: (content) => write(element("think", content)),
    query: (content, tool) => write(element("query", content, tool)),
    answer: (content) => write(element("answer", content)),
    model: (rawText) => {
      if (!modelTurn) endLine();
      text += rawText;
      modelTurn = true;
    },
    retrieve: (content) => writeEnvironment(element("retrieve", content)),
    hint: (content) => writeEnvironment(escapeTags(content)),
    snapshot: () => ({ text, environment: environment.map((span) => ({ ...span })) }),
  };
}

function element(kind: TagKind, content: string, tool?: ToolName): string {
  return `${openingTag(kind, tool)}${escapeTags(content)}${closingTag(kind)}`;
}

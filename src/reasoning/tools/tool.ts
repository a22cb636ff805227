import type { Case, Exclusions, Passage, ToolName } from "#contracts";
import type { LibraryPort, RoundImage } from "../ports.ts";

export type ToolResult =
  | { type: "passages"; hits: readonly { passage: Passage; score: number }[]; searched: number }
  | {
      type: "cases";
      hits: readonly { case: Case; score: number }[];
      searched: number;
      excluded: Exclusions;
    };

export type ToolContext = {
  library: LibraryPort;
  images: readonly RoundImage[];
  patientId?: string;
  slideId?: string;
};

/** Something a policy can look things up with. `inputSchema` is what a model that calls functions is told. */
export type Tool = {
  name: ToolName;
  description: string;
  inputSchema: Record<string, unknown>;
  /** The query in words, from what a model sent; undefined where the input does not fit the schema. */
  readQuery(input: unknown): string | undefined;
  run(query: string, context: ToolContext): Promise<ToolResult>;
};

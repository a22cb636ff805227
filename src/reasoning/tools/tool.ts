import type {
  Case,
  Evidence,
  Exclusions,
  ImageView,
  LeftOutPages,
  Passage,
  Table,
  ToolName,
  WebImage,
  WebPage,
} from "#contracts";
import type { LibraryPort, RoundImage } from "../ports.ts";
import type { TellSent } from "../telling.ts";

export type ToolResult =
  | { type: "passages"; hits: readonly { passage: Passage; score: number }[]; searched: number }
  | {
      type: "cases";
      hits: readonly { case: Case; score: number }[];
      searched: number;
      excluded: Exclusions;
    }
  | {
      type: "pages";
      hits: readonly WebPage[];
      searched: number;
      leftOut: LeftOutPages;
      images: readonly WebImage[];
    }
  | { type: "rows"; hits: readonly Table[]; searched: number }
  | { type: "image"; hits: readonly []; searched: 0; image: RoundImage; from: number; view: ImageView };

export type ToolContext = {
  library: LibraryPort;
  /** The question's. */
  images: readonly RoundImage[];
  /** These, and those that were derived. */
  roundImages: readonly RoundImage[];
  /** How many images may still be derived. */
  derivations: { left: number };
  evidence: readonly Evidence[];
  /** How many similar cases to look up, and whether among images of the same kind alone. */
  cases?: { top: number; sameKind: boolean };
  patientId?: string;
  slideId?: string;
  /** What names the question's patient or files: a search of the web must not carry it. */
  identities: readonly string[];
  /** To be called before each request that `servers` of the library does not tell already. */
  tell: TellSent;
  signal: AbortSignal;
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

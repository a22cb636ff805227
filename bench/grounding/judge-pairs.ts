import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Evidence } from "../../src/contracts/index.ts";
import { groundByWords } from "../../src/reasoning/grounding/ground-by-words.ts";

const pairsSchema = z.array(
  z.object({
    set: z.enum(["tuning", "held-out"]),
    title: z.string(),
    text: z.string().optional(),
    labels: z.record(z.string(), z.enum(["present", "absent", "uncertain"])).optional(),
    columns: z.array(z.string()).optional(),
    rows: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
    claims: z.array(
      z.tuple([
        z.enum([
          "supported",
          "paraphrased",
          "negated",
          "number",
          "side",
          "certainty",
          "entity",
          "partly",
          "unrelated",
        ]),
        z.string(),
      ]),
    ),
  }),
);
type Source = z.infer<typeof pairsSchema>[number];

/** A claim with what it is and whether it was found to be supported. */
export type JudgedPair = {
  set: Source["set"];
  kind: Source["claims"][number][0];
  claim: string;
  supported: boolean;
  borneOut: boolean;
};

/** How many other pieces of evidence stand beside the one that a claim is about. */
const others = 9;

/** Every claim of pairs.json against its own evidence, which it cites, and nine others of its set. */
export async function judgePairs(): Promise<JudgedPair[]> {
  const sources = pairsSchema.parse(
    JSON.parse(await readFile(join(import.meta.dirname, "pairs.json"), "utf8")),
  );
  return ["tuning", "held-out"].flatMap((set) => {
    const own = sources.filter((source) => source.set === set);
    return own.flatMap((source, place) => {
      const beside = Array.from(
        { length: Math.min(others, own.length - 1) },
        (_, index) => own[(place + index + 1) % own.length]!,
      );
      const evidence = [source, ...beside].map((one, index) => toEvidence(one, index + 1));
      return source.claims.map(([kind, claim]): JudgedPair => {
        const text = `${claim.replace(/\.$/, "")} [1].`;
        const answer = {
          text,
          choice: null,
          confidence: null,
          abstained: false,
          differential: [],
          citations: [],
        };
        const { sentences } = groundByWords({ answer, evidence, options: [] });
        const supported = kind === "supported" || kind === "paraphrased";
        const borneOut = sentences.every(({ status }) => status === "supported");
        return { set: source.set, kind, claim, supported, borneOut };
      });
    });
  });
}

function toEvidence({ title, text = "", labels, columns, rows }: Source, number: number): Evidence {
  if (rows) {
    return {
      type: "rows",
      number,
      query: "select",
      table: { database: title, columns: columns ?? [], rows, truncated: false },
    };
  }
  if (labels) {
    const named = Object.entries(labels).map(([name, status]) => ({ name, status }));
    const item = {
      id: `case-${number}`,
      corpus: "c",
      image: "a.png",
      width: 8,
      height: 8,
      labels: named,
      text,
      notes: [],
      metadata: {},
    };
    return { type: "case", number, query: "", score: 0.9, case: item };
  }
  const source = { file: "a.md", document: "a", start: 0, end: text.length };
  const passage = { id: `p-${number}`, corpus: "c", title, headings: [], text, source, metadata: {} };
  return { type: "passage", number, query: "", score: 1, passage };
}

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawRollout, exportDrawn, removeDrawn } from "../test-rollouts.ts";
import { trl } from "./trl.ts";

afterAll(removeDrawn);

type Message = { role: string; content: string | { type: string; text?: string }[] };
type Row = Record<string, unknown> & {
  prompt: Message[];
  completion: Message[];
  environment_spans: [number, number][];
};

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Characters with their mask, counted as Python counts. */
function masked(text: string, spans: readonly (readonly [number, number])[]): [string, boolean][] {
  return [...text].map((character, at) => [
    character,
    !spans.some(([start, end]) => at >= start && at < end),
  ]);
}

function ours(drawn: Parameters<typeof drawRollout>[0]): [string, boolean][] {
  const { text, environment } = drawRollout(drawn).transcript;
  let at = 0;
  return [...text].map((character) => {
    const own = !environment.some(({ start, end }) => at >= start && at < end);
    at += character.length;
    return [character, own];
  });
}

const contentOf = ({ content }: Message) =>
  typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");

describe("rows for TRL", () => {
  it.each(["same-turn", "new-turn"] as const)(
    "are read back as the same text and mask (%s)",
    async (rendering) => {
      const drawn = { rendering, passage: "🫀🫁 p<0.05" };
      const { rows } = await exportDrawn([drawn], { engine: "trl", kind: "sft" });
      const [row] = await rows<Row>();
      const roles = rendering === "same-turn" ? ["assistant"] : ["assistant", "user", "assistant"];
      expect(row?.completion.map(({ role }) => role)).toEqual(roles);
      expect(masked(row!.completion.map(contentOf).join(""), row!.environment_spans)).toEqual(ours(drawn));
    },
  );

  it("give each message typed parts in a data set with images, and as many image parts as images", async () => {
    const { rows } = await exportDrawn([{ image: true }, { question: "q2" }], { engine: "trl", kind: "sft" });
    for (const { prompt, completion, images } of await rows<Row>()) {
      const parts = [...prompt, ...completion].flatMap(({ content }) => content as { type: string }[]);
      expect(parts.filter(({ type }) => type === "image")).toHaveLength((images as string[]).length);
    }
  });

  it("hold both sides of a pair, and prompts with columns for GRPO", async () => {
    const drawn = [{}, { attempt: 1, answer: "A" }];
    const [pair] = await (await exportDrawn(drawn, { engine: "trl", kind: "dpo" })).rows<
      Record<string, Message[]>
    >();
    expect(contentOf(pair!.chosen![0]!)).toBe(drawRollout(drawn[0]).transcript.text);
    expect(contentOf(pair!.rejected![0]!)).toBe(drawRollout(drawn[1]).transcript.text);
    const [prompt] = await (await exportDrawn(drawn, { engine: "trl", kind: "grpo" })).rows();
    expect(prompt).toMatchObject({
      solution: "B",
      gold_letter: "B",
      choices: [{ label: "A" }, { label: "B" }],
    });
    expect(Object.keys(prompt!).filter((name) => trl.reservedColumns.includes(name))).toEqual(["prompt"]);
  });

  it.skipIf(!hasPython).each([
    ["same-turn", false],
    ["new-turn", false],
    ["same-turn", true],
  ] as const)(
    "get token labels from their Python module, in a template's own text (%s, images %s); skipped without python3",
    async (rendering, image) => {
      const drawn = { rendering, image };
      const { out } = await exportDrawn([drawn], { engine: "trl", kind: "sft" });
      const labels = execFileSync("python3", ["-c", charactersAsTokens, join(out, "train.jsonl")], {
        ...{
          encoding: "utf8",
          cwd: out,
          timeout: 20_000,
          env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
        },
      });
      const { all, trained } = JSON.parse(labels) as { all: string; trained: string[] };
      const own = drawRollout(drawn).transcript;
      const [{ start, end } = { start: 0, end: 0 }] = own.environment;
      const [before, after] = [own.text.slice(0, start), own.text.slice(end)];
      // The end of each turn of the model's is learned as well.
      expect(trained).toEqual(rendering === "new-turn" ? [`${before}#`, `${after}#`] : [before, `${after}#`]);
      expect(all.startsWith("[system]Search before you answer.#")).toBe(true);
      if (rendering === "same-turn") expect(all.endsWith(`[assistant]${own.text}#`)).toBe(true);
    },
  );
});

/** A tokenizer whose tokens are characters, and a template that writes [role]content# for each message. */
const charactersAsTokens = `
import json, sys
from itertools import groupby
from medrounds_rows import masked, read_rows, text_of

class Tokenizer:
    eos_token = "#"
    def apply_chat_template(self, messages, add_generation_prompt=False, tokenize=False):
        return "".join(f"[{m['role']}]{text_of(m)}#" for m in messages) + ("[assistant]" if add_generation_prompt else "")
    def __call__(self, text, add_special_tokens=False, return_offsets_mapping=False):
        return {"input_ids": [ord(c) for c in text], "offset_mapping": [(i, i + 1) for i in range(len(text))]}

[row] = [masked(row, Tokenizer()) for row in read_rows(sys.argv[1])]
runs = [("".join(chr(l) for l in run), kept) for kept, run in ((k, list(g)) for k, g in groupby(row["labels"], lambda l: l != -100)) if kept]
print(json.dumps({"all": "".join(map(chr, row["input_ids"])), "trained": [text for text, _ in runs]}))
`;

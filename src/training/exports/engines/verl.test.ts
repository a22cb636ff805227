import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { drawRollout, exportDrawn, removeDrawn } from "../test-rollouts.ts";

afterAll(removeDrawn);

type Message = { role: string; content: string };
type Row = {
  prompt: Message[];
  images?: string[];
  messages: Message[];
  reward_model: { style: string; ground_truth: { target: string[] } };
  extra_info: Record<string, unknown>;
};

/** The rows of a Parquet file; of images, their bytes as base64. */
async function readParquet(
  out: string,
  { images = false } = {},
): Promise<{ rows: Row[]; types: Record<string, string> }> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const file = `'${join(out, "train.parquet").replaceAll("'", "''")}'`;
    const replaced = images
      ? "REPLACE (list_transform(images, image -> to_base64(image.bytes)) AS images)"
      : "";
    const read = await connection.runAndReadAll(`SELECT * ${replaced} FROM ${file}`);
    const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${file}`)).getRows();
    const types = Object.fromEntries(described.map(([name, type]) => [String(name), String(type)]));
    return { rows: read.getRowObjectsJson() as unknown as Row[], types };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("rows for verl", () => {
  it("hold prompt, images as bytes, and what is right, in one type for all rows", async () => {
    const { out } = await exportDrawn(
      [{ image: true }, { question: "q2", change: (rollout) => withoutOptions(rollout) }],
      { engine: "verl", kind: "grpo" },
    );
    const { rows, types } = await readParquet(out, { images: true });
    expect(types.reward_model).toBe('STRUCT(style VARCHAR, ground_truth STRUCT("target" VARCHAR[]))');
    expect(types.images).toBe("STRUCT(bytes BLOB)[]");
    expect(rows.map(({ reward_model }) => reward_model.ground_truth.target)).toEqual([
      ["B", "Reduced", "HFrEF"],
      ["HFpEF", "HFrEF"],
    ]);
    expect(rows[0]?.extra_info).toMatchObject({ index: "0", split: "train", qid: "q1", gold_letter: "B" });
    for (const { prompt, images = [] } of rows) {
      const placeholders = prompt.reduce((sum, { content }) => sum + content.split("<image>").length - 1, 0);
      expect(placeholders).toBe(images.length);
    }
    expect(Buffer.from(rows[0]!.images![0]!, "base64").toString()).toBe("an image");
  });

  it("are learned from by message: what the environment wrote is the user's", async () => {
    const { out } = await exportDrawn([{ rendering: "new-turn" }], { engine: "verl", kind: "sft" });
    const [row] = (await readParquet(out)).rows;
    const { text, environment } = drawRollout({ rendering: "new-turn" }).transcript;
    const completion = row!.messages.slice(2);
    expect(completion.map(({ content }) => content).join("")).toBe(text);
    const masked = completion.filter(({ role }) => role !== "assistant").map(({ content }) => content);
    expect(masked).toEqual(environment.map(({ start, end }) => text.slice(start, end)));
  });

  it("are kept apart where the environment wrote within the model's turn, since verl can't mask that", async () => {
    const { manifest } = await exportDrawn([{}, { question: "q2", rendering: "new-turn" }], {
      engine: "verl",
      kind: "sft",
    });
    expect(manifest.rejected).toEqual({ "mask-impossible": 1 });
  });

  it("are the same bytes each time, and refused as pairs", async () => {
    const write = async () => {
      const { out } = await exportDrawn([{}, { question: "q2" }], { engine: "verl", kind: "grpo" });
      return readFile(join(out, "train.parquet"));
    };
    expect(await write()).toEqual(await write());
    await expect(exportDrawn([{}], { engine: "verl", kind: "dpo" })).rejects.toThrow(/only sft and grpo/);
  });

  it("come with a tool configuration for the search", async () => {
    const { out } = await exportDrawn([{}], { engine: "verl", kind: "grpo" });
    const { tools } = parse(await readFile(join(out, "tool_config.yaml"), "utf8")) as { tools: unknown[] };
    expect(tools).toEqual([
      expect.objectContaining({
        class_name: "verl.tools.search_tool.SearchTool",
        tool_schema: expect.anything(),
      }),
    ]);
  });
});

function withoutOptions(rollout: ReturnType<typeof drawRollout>): ReturnType<typeof drawRollout> {
  const gold = { ...rollout.question.gold, label: undefined, text: "HFpEF" };
  return { ...rollout, question: { ...rollout.question, options: [], gold } };
}

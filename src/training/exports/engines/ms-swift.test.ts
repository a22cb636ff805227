import { access } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawRollout, exportDrawn, removeDrawn } from "../test-rollouts.ts";
import { msSwift } from "./ms-swift.ts";

afterAll(removeDrawn);

type Message = { role: string; content: string; loss?: boolean };
type Row = {
  messages: Message[];
  images?: string[];
  rejected_messages?: Message[];
  rejected_images?: string[];
};
type Piece = { text: string; trained: boolean };

/** As ms-swift 4.6.0 reads messages: roles, placeholders, and neighboring messages of one role as one turn, each with its own loss. */
function readSwift(
  messages: readonly Message[],
  images: readonly string[] = [],
): { role: string; pieces: Piece[] }[] {
  const placeholders = messages.map(({ content }) => content.split("<image>").length - 1);
  expect(placeholders.reduce((sum, one) => sum + one, 0)).toBe(images.length);
  const turns: { role: string; pieces: Piece[] }[] = [];
  for (const { role, content, loss, ...others } of messages) {
    expect(["system", "user", "assistant"]).toContain(role);
    expect(others).toEqual({});
    const piece = { text: content, trained: role === "assistant" && (loss ?? true) };
    const last = turns.at(-1);
    if (last && last.role === role && role !== "system") last.pieces.push(piece);
    else turns.push({ role, pieces: [piece] });
  }
  return turns;
}

/** What our spans say: the transcript's text and which of it the model wrote. */
function ours(drawn: Parameters<typeof drawRollout>[0]): Piece[] {
  const { text, environment } = drawRollout(drawn).transcript;
  const [{ start, end } = { start: 0, end: 0 }] = environment;
  return [
    { text: text.slice(0, start), trained: true },
    { text: text.slice(start, end), trained: false },
    { text: text.slice(end), trained: true },
  ];
}

describe("rows for ms-swift", () => {
  it("are read back as the same text and mask in one turn", async () => {
    const drawn = { image: true, passage: "p<0.05 </answer> 🫀" };
    const { rows, out } = await exportDrawn([drawn], { engine: "ms-swift", kind: "sft" });
    const [row] = await rows<Row>();
    const turns = readSwift(row!.messages, row?.images);
    expect(turns.map(({ role }) => role)).toEqual(["system", "user", "assistant"]);
    expect(turns.at(-1)?.pieces).toEqual(ours(drawn));
    expect(turns[1]?.pieces[0]?.text).toBe("<image>Which one (q1)?\nA. Normal\nB. Reduced");
    await access(join(out, row!.images![0]!));
  });

  it("are read back as the same text and mask in turns of their own", async () => {
    const drawn = { rendering: "new-turn" } as const;
    const { rows } = await exportDrawn([drawn], { engine: "ms-swift", kind: "sft" });
    const turns = readSwift((await rows<Row>())[0]!.messages);
    expect(turns.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user", "assistant"]);
    expect(turns.slice(2).flatMap(({ pieces }) => pieces)).toEqual(ours(drawn));
  });

  it("pair the better with the worse answer, each with its images", async () => {
    const drawn = [{ image: true }, { image: true, attempt: 1, answer: "A" }];
    const { rows } = await exportDrawn(drawn, { engine: "ms-swift", kind: "dpo" });
    const [row] = await rows<Row>();
    expect(readSwift(row!.messages, row?.images).at(-1)?.pieces).toEqual(ours(drawn[0]));
    expect(readSwift(row!.rejected_messages!, row?.rejected_images).at(-1)?.pieces).toEqual(ours(drawn[1]));
    expect(row?.rejected_images).toEqual(row?.images);
  });

  it("hold prompts alone for GRPO, with what is right in columns of their own", async () => {
    const { rows, manifest } = await exportDrawn([{ answer: "A" }, { attempt: 1 }], {
      engine: "ms-swift",
      kind: "grpo",
    });
    expect(await rows()).toEqual([
      expect.objectContaining({
        messages: [
          { role: "system", content: "Search before you answer." },
          { role: "user", content: "Which one (q1)?\nA. Normal\nB. Reduced" },
        ],
        ...{ solution: "B", gold_letter: "B", gold_text: "Reduced", gold_aliases: ["HFrEF"], qid: "q1" },
      }),
    ]);
    expect(manifest.leftOut).toEqual({ "one-a-question": 1 });
  });

  it.each(["sft", "dpo", "grpo"])(
    "have no column that its reader takes for something else (%s)",
    async (kind) => {
      const drawn = [{ image: true }, { image: true, attempt: 1, answer: "A" }];
      const { rows } = await exportDrawn(drawn, { engine: "ms-swift", kind });
      const own = ["messages", "images", "rejected_messages", "rejected_images"];
      const columns = Object.keys((await rows())[0]!).filter((name) => !own.includes(name));
      expect(columns.filter((name) => msSwift.reservedColumns.includes(name))).toEqual([]);
    },
  );
});

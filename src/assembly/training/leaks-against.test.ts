import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDataSet } from "#evaluation";
import { createRandom } from "#statistics";
import { openLeakFinder } from "./leaks-against.ts";

const vignette =
  "A man of 67 years with crushing chest pain for two hours has raised ST segments in the inferior leads. Which artery is blocked?";

let folder: string;
let sets: string[];
let picture: Buffer;

async function draw(seed: number): Promise<Buffer> {
  const random = createRandom(seed);
  const cells = Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)));
  const small = sharp(cells, { raw: { width: 8, height: 8, channels: 1 } });
  return small.resize(256, 256, { kernel: "cubic" }).png().toBuffer();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leaks-"));
  picture = await draw(1);
  await mkdir(join(folder, "images"));
  await writeFile(join(folder, "images", "scan.png"), picture);
  const options = { A: "Right coronary", B: "Circumflex" };
  const written = { question: vignette, options, answer: options.A, answer_idx: "A" };
  const shown = { qid: "1", image_name: "scan.png", question: "Is it a cyst?", answer: "yes" };
  sets = [join(folder, "written.jsonl"), join(folder, "shown.json")];
  await writeFile(sets[0]!, `${JSON.stringify(written)}\n`);
  await writeFile(sets[1]!, JSON.stringify([shown]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const find = async (asked: { id?: string; text?: string; image?: Buffer }) => {
  const finder = await openLeakFinder(sets, { maximum: 0.5 });
  const { id = "0", text = "Something else entirely, about feet.", image } = asked;
  const images = image ? [{ sha256: "", read: async () => image }] : [];
  return { leak: await finder.find({ id, text, images }), summary: finder.summarize() };
};

describe("the leak check of training data", () => {
  it("meets a question of an evaluation set in other words around it, and counts it", async () => {
    const { leak, summary } = await find({ text: `Case 12. ${vignette} Explain.` });
    expect(leak).toMatchObject({ set: expect.stringContaining("written"), reason: expect.any(String) });
    expect(summary).toMatchObject([
      { questions: 1, touched: 1, images: 0 },
      { questions: 1, touched: 0, tooShort: 1, images: 1, imagesTouched: 0 },
    ]);
  });

  it("meets a short question by its content, where words say nothing", async () => {
    const { samples } = await readDataSet({ path: sets[1]! });
    expect((await find({ id: samples[0]!.id, text: "Is it a cyst?" })).leak).toMatchObject({
      reason: "sameQuestion",
    });
  });

  it("meets an image in another form, and no other image", async () => {
    const turned = await sharp(picture).rotate(90).jpeg().toBuffer();
    const { leak, summary } = await find({ image: turned });
    expect(leak).toMatchObject({ reason: "nearIdentical" });
    expect(summary[1]?.imagesTouched).toBe(1);
    expect((await find({ image: await draw(2) })).leak).toBeNull();
    expect((await find({ image: Buffer.from("no image") })).leak).toBeNull();
  });
});

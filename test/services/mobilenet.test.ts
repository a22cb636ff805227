import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { decodeImage } from "../../src/imaging/image-file.ts";
import { preprocess } from "../../src/models/image-preprocessing/preprocess.ts";
import { readPreprocessing } from "../../src/models/image-preprocessing/read-preprocessing.ts";
import { createImageEncoder } from "../../src/models/index.ts";
import { openGraph } from "../../src/models/onnx/open-graph.ts";
import { projectRoot } from "../support/run-cli.ts";
import { convertMobileNet, type MobileNet, mobileNetFile, noWeights } from "../support/tflite/mobilenet.ts";

const programs = inject("pythonPrograms");
const data = join(projectRoot, "../shared/data");
const sets = ["cxr_nih", "path_oral", "path_cervical_lbc", "path_prostate_gleason", "vqa_rad"];
const imagesPerSet = 6;

/** Some images of each set, spread over it. */
async function findImages(): Promise<string[]> {
  const found: string[] = [];
  for (const set of sets) {
    const manifest = join(data, set, "manifest.jsonl");
    if (!existsSync(manifest)) continue;
    const lines = (await readFile(manifest, "utf8")).trim().split("\n");
    const step = Math.floor(lines.length / imagesPerSet);
    for (let index = 0; index < imagesPerSet; index++) {
      const { file } = JSON.parse(lines[index * step] ?? "{}") as { file: string };
      found.push(join(data, set, file));
    }
  }
  return found;
}

type Original = { vector: number[]; class: number };

/** What the original makes of image files. */
function runOriginal(file: string, images: readonly string[]): Original[] {
  const script = join(import.meta.dirname, "run-tflite.py");
  const printed = execFileSync(join(programs ?? "", "python"), [script, file, ...images], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Original);
}

async function readRaster(image: string) {
  return (await decodeImage(await readFile(image), { name: image })).raster;
}

describe.skipIf(programs === null)("a MobileNet converted to floats, beside the original in LiteRT", () => {
  it.for<MobileNet>(["mobilenet-v1", "mobilenet-v2"])(
    "gives real images the same vectors: %s",
    async (name, { skip }) => {
      const [folder, file, images] = [await convertMobileNet(name), mobileNetFile(name), await findImages()];
      if (folder === undefined || file === undefined || images.length === 0) return skip(noWeights);
      const originals = runOriginal(file, images);
      await using encoder = await createImageEncoder({ source: `onnx:${folder}` });
      const cosines: number[] = [];
      for (const [index, image] of images.entries()) {
        const [vector = new Float32Array()] = await encoder.embedImages([await readRaster(image)]);
        const wanted = originals[index]?.vector ?? [];
        const product = vector.reduce((sum, value, at) => sum + value * (wanted[at] ?? Number.NaN), 0);
        cosines.push(product / Math.hypot(...wanted));
      }
      expect(Math.min(...cosines)).toBeGreaterThan(0.99);
      expect(cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length).toBeGreaterThan(0.995);
    },
  );

  it("tells the same class of ImageNet for five of six real images", async ({ skip }) => {
    const name = "mobilenet-v2";
    const [folder, file, images] = [await convertMobileNet(name), mobileNetFile(name), await findImages()];
    if (folder === undefined || file === undefined || images.length === 0) return skip(noWeights);
    const originals = runOriginal(file, images);
    const preprocessing = await readPreprocessing(folder);
    if (preprocessing === undefined) throw new Error("The folder does not say how images are prepared.");
    await using graph = await openGraph(join(folder, "onnx/model.onnx"));
    let same = 0;
    for (const [index, image] of images.entries()) {
      const { values, width, height } = preprocess(await readRaster(image), preprocessing);
      const { data: logits } = await graph.run(
        { pixel_values: { values, dims: [1, 3, height, width] } },
        "logits",
      );
      if (logits.indexOf(Math.max(...logits)) === originals[index]?.class) same++;
    }
    expect(same / images.length).toBeGreaterThan(5 / 6);
  });
});

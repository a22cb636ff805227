import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ImageKind } from "#contracts";
import { decodeImage } from "../decode.ts";
import { classifyImageKind } from "./classify-image-kind.ts";

const data = join(import.meta.dirname, "../../../../shared/data");
const samples = 20;

/** Least number of the samples that are called what they are. The images of VQA-RAD's heads and abdomens are all slices. */
const sets: [folder: string, kind: ImageKind, least: number, among?: (row: Row) => boolean][] = [
  ["cxr_nih", "chest-frontal", 19],
  ["cxr_covid", "chest-frontal", 19, ({ view }) => view !== "L"],
  ["vqa_rad", "cross-section", 18, ({ labels }) => !labels.includes("CHEST")],
  ["path_prostate_gleason", "histology", 19],
  ["path_oral", "histology", 18],
  ["path_cervical_lbc", "cytology", 19],
];

type Row = { file: string; view?: string; labels: string[] };

describe("real images", () => {
  for (const [folder, kind, least, among = () => true] of sets) {
    const manifest = join(data, folder, "manifest.jsonl");
    const absent = existsSync(manifest) ? "" : ` (skipped: ../shared/data/${folder} is absent)`;
    it(`of ${folder} are mostly called ${kind}${absent}`, async (context) => {
      context.skip(absent !== "", `../shared/data/${folder} is absent`);
      const rows = readRows(manifest).filter(among);
      const step = rows.length / samples;
      let right = 0;
      for (let sample = 0; sample < samples; sample++) {
        const { file } = rows[Math.floor(sample * step)]!;
        const { raster } = await decodeImage(readFileSync(join(data, folder, file)), { name: file });
        if (classifyImageKind(raster).name === kind) right++;
      }
      expect(right).toBeGreaterThanOrEqual(least);
    });
  }
});

function readRows(manifest: string): Row[] {
  const lines = readFileSync(manifest, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInDescriptor, decodeImage, type Raster } from "#imaging";
import { baselineVector } from "./baseline.ts";

const data = join(import.meta.dirname, "../../../shared/data");

export const setNames = ["path_oral", "path_cervical_lbc", "path_prostate_gleason", "cxr_nih"] as const;
const otherSets = ["cxr_covid", "vqa_rad"] as const;

/** An image with all that is compared of it. */
export type Picture = {
  set: string;
  /** Its patient, else its slide, else its id. */
  group: string;
  labels: string[];
  /** What its neighbors vote on: its label, of NIH whether there is a finding. */
  class: string;
  view: string;
  baseline: Float32Array;
  descriptor: Float32Array;
  encoded: Float32Array | undefined;
};

type Row = {
  id: string;
  file: string;
  labels: string[];
  patient_id?: string;
  slide_id?: string;
  view?: string;
};

/** Unit vectors of rasters, in their order. */
type Encode = (rasters: readonly Raster[]) => Promise<Float32Array[]>;

/** The four sets and two more with other images, every image decoded and described once. */
export async function readSets(encode?: Encode): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const set of [...setNames, ...otherSets]) {
    const text = await readFile(join(data, set, "manifest.jsonl"), "utf8");
    for (const line of text.trim().split("\n")) {
      const row = JSON.parse(line) as Row;
      const image = await decodeImage(await readFile(join(data, set, row.file)), { name: row.file });
      const [encoded] = encode ? await encode([image.raster]) : [];
      pictures.push({
        set,
        group: `${set} ${row.patient_id ?? row.slide_id ?? row.id}`,
        labels: row.labels,
        class: classOf(set, row.labels),
        view: row.view ?? "",
        baseline: baselineVector(image.raster),
        descriptor: builtInDescriptor.embed(image),
        encoded,
      });
    }
  }
  return pictures;
}

function classOf(set: string, labels: readonly string[]): string {
  if (set !== "cxr_nih") return labels[0] ?? "";
  return labels.length === 1 && labels[0] === "No Finding" ? "no finding" : "finding";
}

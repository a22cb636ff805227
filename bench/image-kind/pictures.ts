/** The labeled pictures of ../shared/data, and those that code draws. Whose kind no manifest tells is named in labels.json by hand. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageKind } from "#contracts";
import { decodeImage } from "../../src/imaging/decode.ts";
import type { Raster } from "../../src/imaging/raster.ts";
import { drawNothing, families } from "./draw-nothing.ts";
import labels from "./labels.json" with { type: "json" };

export type Picture = {
  id: string;
  /** What it is; `figure` stands for the figures of a textbook, of which there are fewer than fifty. */
  kind: ImageKind | "figure";
  source: string;
  /** Pictures of one patient, slide or drawing seed, which are never on both sides of a split. */
  group: string;
  /** Empty for a drawn picture. */
  file: string;
  load(): Promise<Raster>;
};

const data = join(import.meta.dirname, "../../../shared/data");
const drawnOfEach = 40;

export async function allPictures(): Promise<Picture[]> {
  const sets = await Promise.all([
    read("cxr_nih", () => "chest-frontal"),
    read("cxr_covid", ({ view }) => (view === "L" ? "chest-lateral" : "chest-frontal")),
    read("vqa_rad", byHand("vqa_rad")),
    read("dicom", byHand("dicom")),
    read("path_oral", () => "histology"),
    read("path_prostate_gleason", () => "histology"),
    read("path_cervical_lbc", () => "cytology"),
    figures(),
  ]);
  return [...sets.flat(), ...drawn()];
}

type Row = Record<"id" | "file" | "view" | "patient_id" | "slide_id" | "group", string | undefined>;

async function read(source: string, kindOf: (row: Row) => Picture["kind"] | undefined): Promise<Picture[]> {
  const lines = (await readFile(join(data, source, "manifest.jsonl"), "utf8")).trim().split("\n");
  return lines.flatMap((line) => {
    const row = JSON.parse(line) as Row;
    const { id = "", file = "", patient_id, slide_id, group } = row;
    const kind = kindOf(row);
    // Smears of one number are of one slide.
    const own = source === "path_cervical_lbc" ? id.replace(/_\d+$/, "") : id;
    if (kind === undefined) return [];
    const found = { id, kind, source, group: patient_id ?? slide_id ?? group ?? own };
    return [fromFile(found, join(data, source, file))];
  });
}

function byHand(source: keyof typeof labels): (row: Row) => ImageKind | undefined {
  const kinds = new Map(
    Object.entries(labels[source]).flatMap(([kind, ids]) => ids.map((id) => [id, kind as ImageKind])),
  );
  return ({ id = "" }) => kinds.get(id);
}

async function figures(): Promise<Picture[]> {
  const folder = join(data, "kb_openstax_ap/figures");
  const names = (await readdir(folder)).toSorted();
  return names.map((name) =>
    fromFile({ id: name, kind: "figure", source: "kb_openstax_ap", group: name }, join(folder, name)),
  );
}

function drawn(): Picture[] {
  return Object.keys(families).flatMap((family, index) =>
    Array.from({ length: drawnOfEach }, (_, number) => {
      const seed = index * 1000 + number;
      const id = `${family} ${seed}`;
      return {
        id,
        kind: "other" as const,
        source: `drawn: ${family}`,
        group: id,
        file: "",
        load: () => drawNothing(family, seed),
      };
    }),
  );
}

function fromFile(found: Omit<Picture, "file" | "load">, file: string): Picture {
  const load = async () => (await decodeImage(await readFile(file), { name: "picture" })).raster;
  return { ...found, file, load };
}

/**
 * Fits and measures “What is this image?”. With --fit it writes src/imaging/kind/coefficients.json (format it then); without, it measures by
 * cross-validation and by leaving sources out, and prints the tables of docs/quality-image-kind.md. Needs ../shared/data.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { classifyImageKind } from "#imaging";
import { fitModel, modeledKind } from "./image-kind/fit-model.ts";
import { judgeDicomFiles } from "./image-kind/judge-dicom-files.ts";
import { crossValidate, forFitting, judgeHeldOut } from "./image-kind/judge-pictures.ts";
import { type Measured, measurePictures } from "./image-kind/measure-pictures.ts";
import { allPictures } from "./image-kind/pictures.ts";
import { confusionTable, qualityTable, refusalTable } from "./image-kind/tables.ts";

const { values: given } = parseArgs({
  options: { fit: { type: "boolean" }, measures: { type: "string" } },
});
const pictures = await readMeasures(given.measures);
if (given.fit) await writeCoefficients();
else await measure();

/** Measures of all pictures, kept in a file where one is named: reading all images takes a minute or two. */
async function readMeasures(file: string | undefined): Promise<Measured[]> {
  const kept = file === undefined ? undefined : await readFile(file, "utf8").catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as Measured[];
  const measured = await measurePictures(await allPictures());
  if (file !== undefined) await writeFile(file, JSON.stringify(measured));
  return measured;
}

async function writeCoefficients(): Promise<void> {
  const fitted = forFitting(pictures).filter((picture) => modeledKind(picture) !== undefined);
  const kinds = Map.groupBy(fitted, (picture) => modeledKind(picture));
  const counts = [...kinds].map(([kind, images]) => `${kind} ${images.length}`).join(", ");
  const model = fitModel(
    fitted,
    `Fitted by bench/image-kind.ts on images of ../shared/data and pictures drawn by code: ${counts}`,
  );
  const file = join(import.meta.dirname, "../src/imaging/kind/coefficients.json");
  await writeFile(file, `${JSON.stringify(model)}\n`);
}

async function measure(): Promise<void> {
  const judged = crossValidate(pictures);
  // DICOM files are few pictures in many forms, and in use their file says what they are.
  const counted = judged.filter(({ picture }) => picture.source !== "dicom");
  console.log(
    ["## Cross-validation", confusionTable(judged), qualityTable(counted), refusalTable(counted)].join(
      "\n\n",
    ),
  );
  const unseen: Record<string, (picture: Measured) => boolean> = {
    "NIH chest X-rays": ({ source }) => source === "cxr_nih",
    "COVID chest X-rays": ({ source }) => source === "cxr_covid",
    "VQA-RAD chest X-rays": ({ source, kind }) => source === "vqa_rad" && kind === "chest-frontal",
    "Oral sections": ({ source }) => source === "path_oral",
    "Prostate sections": ({ source }) => source === "path_prostate_gleason",
    "Textbook figures": ({ source }) => source === "kb_openstax_ap",
    "Drawn scenes and leaves": ({ source }) => /drawn: (scene|leaves)/.test(source),
    "Drawn noise and clouds": ({ source }) => /drawn: (noise|clouds)/.test(source),
  };
  for (const [name, isHeldOut] of Object.entries(unseen)) {
    console.log(`\n## Without: ${name}\n\n${confusionTable(judgeHeldOut(pictures, isHeldOut))}`);
  }
  console.log(`\n## DICOM files by what they say\n\n${confusionTable(await judgeDicomFiles())}`);
  console.log(`\n## Milliseconds of CPU an image of 512 × 512 pixels\n\ngray ${time(1)}, color ${time(3)}`);
}

/** CPU time, which other work on the machine does not lengthen. */
function time(channels: 1 | 3): string {
  const data = Uint8Array.from({ length: 512 * 512 * channels }, (_, index) => (index * 7919) % 251);
  const raster = { width: 512, height: 512, channels, data };
  const runs = 200;
  for (let run = 0; run < runs / 2; run++) classifyImageKind(raster);
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) classifyImageKind(raster);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / runs).toFixed(1);
}

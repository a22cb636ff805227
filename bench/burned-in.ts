/**
 * Measures the detector of burned-in text on chest X-rays and DICOM files as they are, and with text drawn on them by code. Patients
 * (and groups of variants of one DICOM image) whose hashed id begins with an even byte are for choosing limits (`--choose`), the others
 * for measuring. What is flagged without
 * drawn text is written to --out DIR, to be looked at: many of these X-rays do hold text. Needs ../shared/data.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp, { type Sharp } from "sharp";
import { createRandom, wilsonInterval } from "#statistics";
import { decodeImage } from "../src/imaging/decode.ts";
import { findBurnedInText } from "../src/imaging/deidentify/burned-in/find-burned-in-text.ts";
import type { Raster } from "../src/imaging/raster.ts";

const { values: given } = parseArgs({ options: { choose: { type: "boolean" }, out: { type: "string" } } });
const data = join(import.meta.dirname, "../../shared/data");
const random = createRandom(5);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;

const capitals = [..."ABCDEFGHIJKLMNOPRSTUVWYZ"];
const fonts = [
  "DejaVu Sans",
  "DejaVu Sans Mono",
  "DejaVu Serif",
  "Liberation Sans",
  "Liberation Sans Narrow",
  "Liberation Serif",
];

type Row = { file: string; group: string };
async function readRows(set: string): Promise<Row[]> {
  const lines = (await readFile(join(data, set, "manifest.jsonl"), "utf8")).trim().split("\n");
  return lines.map((line) => {
    const { file, group, patient_id } = JSON.parse(line) as {
      file: string;
      group?: string;
      patient_id?: string;
    };
    return { file: join(data, set, file), group: patient_id ?? group ?? file };
  });
}

/** One image a patient, or a group of variants of one image, so that each trial counts once. */
async function chosenFiles(set: string): Promise<string[]> {
  const byGroup = new Map((await readRows(set)).map((row) => [row.group, row]));
  const isForChoosing = (id: string) => createHash("sha256").update(id).digest()[0]! % 2 === 0;
  const rows = [...byGroup.values()].filter(({ group }) => isForChoosing(group) === (given.choose ?? false));
  return rows.map(({ file }) => file);
}

const xrays = await chosenFiles("cxr_nih");
await measure("chest X-rays, 512 pixels", xrays, (file) => readRaster(file));
await measure("the same, 2,048 pixels", xrays.slice(0, 60), (file) => readRaster(file, 2048));
await measure("DICOM files, as rendered", await chosenFiles("dicom"), readDicomRaster);

async function measure(
  name: string,
  files: readonly string[],
  read: (file: string) => Promise<Raster | null>,
) {
  const found = { plain: 0, drawn: 0, drawnOnPlain: 0 };
  const flagged: string[] = [];
  let [pictures, milliseconds] = [0, 0];
  for (const file of files) {
    const raster = await read(file);
    if (!raster || raster.width < 200 || raster.height < 200) continue;
    const drawn = await drawText(raster);
    const began = performance.now();
    const plain = findBurnedInText(raster);
    milliseconds += performance.now() - began;
    pictures += 1;
    const isFound = findBurnedInText(drawn).found;
    if (isFound) found.drawn += 1;
    if (isFound && !plain.found) found.drawnOnPlain += 1;
    if (!plain.found) continue;
    found.plain += 1;
    flagged.push(file);
    if (given.out) await keepPicture(raster, given.out, `${pictures}-${file.split("/").at(-1)}`);
  }
  console.log(`${name}: ${pictures} pictures, ${(milliseconds / pictures).toFixed(0)} ms each`);
  console.log(`  found where text was drawn      ${show(found.drawn, pictures)}`);
  console.log(`  … of those not flagged before   ${show(found.drawnOnPlain, pictures - found.plain)}`);
  console.log(`  flagged without drawn text      ${show(found.plain, pictures)}`);
}

function show(part: number, whole: number): string {
  const [low, high] = wilsonInterval({ proportion: part / whole, sampleSize: whole });
  return `${(part / whole).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}, ${part} of ${whole})`;
}

async function readRaster(file: string, side?: number): Promise<Raster> {
  const picture = sharp(file).grayscale();
  return toRaster(side ? picture.resize(side) : picture);
}

async function readDicomRaster(file: string): Promise<Raster | null> {
  const bytes = await readFile(file);
  const image = await decodeImage(bytes, { name: file, side: Number.POSITIVE_INFINITY }).catch(() => null);
  return image?.raster ?? null;
}

async function toRaster(picture: Sharp): Promise<Raster> {
  const { data: pixels, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3, data: pixels };
}

/** Letters and numbers in the form of names, dates and ids, readable: bright on dark, dark on bright, or in a box. */
async function drawText(raster: Raster): Promise<Raster> {
  const { width, height, channels, data: pixels } = raster;
  const word = () => Array.from({ length: 3 + below(6) }, () => pick(capitals)).join("");
  const text = pick([
    () => `${word()}, ${word()}`,
    () => `${word()} ${1920 + below(100)}-0${1 + below(9)}-1${below(10)}`,
    () => `ID ${10_000_000 + below(90_000_000)}`,
    () => `${word()} ${word()}`.toLowerCase(),
  ])();
  const scale = Math.max(width, height) / 512;
  const size = Math.round((10 + 22 * random()) * scale);
  const room = Math.ceil(text.length * size * 0.65);
  const x = pick([6, Math.max(6, width - room - 6), below(Math.max(7, width - room))]);
  const y = pick([size + 4, height - Math.ceil(size / 2), size + below(Math.max(1, height - 2 * size))]);
  const around = {
    left: x,
    top: y - size,
    width: Math.min(room, width - x),
    height: Math.min(size, height - y + size),
  };
  const picture = () => sharp(pixels, { raw: { width, height, channels } });
  const [shade] = (await sharp(await picture().extract(around).png().toBuffer()).stats()).channels;
  const isBoxed = random() < 0.15;
  const color = !isBoxed && (shade?.mean ?? 0) > 140 ? "#000" : pick(["#fff", "#fff", "#ddd"]);
  const box = isBoxed
    ? `<rect x="${x - 3}" y="${y - size}" width="${room}" height="${size * 1.4}" fill="#000"/>`
    : "";
  const style = `font-family="${pick(fonts)}" font-size="${size}" fill="${color}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${box}<text x="${x}" y="${y}" ${style}>${text}</text></svg>`;
  const drawn = await picture()
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 90 })
    .toBuffer();
  return toRaster(channels === 1 ? sharp(drawn).grayscale() : sharp(drawn).toColourspace("srgb"));
}

async function keepPicture({ width, height, channels, data: pixels }: Raster, folder: string, name: string) {
  await mkdir(folder, { recursive: true });
  const picture = sharp(pixels, { raw: { width, height, channels } });
  await writeFile(join(folder, `${name}.png`), await picture.png().toBuffer());
}

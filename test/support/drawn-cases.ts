import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { createRandom } from "#statistics";

/** A row of a manifest. Its image shows its first label: stripes or dots. */
export type DrawnCase = { id: string; file: string; labels: readonly string[] } & Record<string, unknown>;

/** `count` patients with two images each, of stripes and dots in turn; every patient has one view. */
export function drawnCases(count: number): DrawnCase[] {
  return Array.from({ length: 2 * count }, (_, index) => {
    const patient = Math.floor(index / 2);
    return {
      id: `case-${index}`,
      file: `case-${index}.png`,
      labels: [patient % 2 === 0 ? "stripes" : "dots", ...(patient % 5 === 0 ? ["fifth"] : [])],
      patient_id: `patient-${patient}`,
      view: patient % 4 < 2 ? "PA" : "AP",
    };
  });
}

/** Writes the rows and their pictures, each of its own, and gives the path of the manifest. */
export async function writeDrawnCases(folder: string, cases: readonly DrawnCase[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [number, { file, labels }] of cases.entries()) {
    await writeFile(
      join(folder, file),
      await drawTexture(labels[0] === "stripes" ? "stripes" : "dots", number),
    );
  }
  const manifest = join(folder, "manifest.jsonl");
  await writeFile(manifest, cases.map((row) => JSON.stringify(row)).join("\n"));
  return manifest;
}

/** A gray PNG of 64 × 64 pixels: the texture, under light and shade that are another in each number. */
export function drawTexture(texture: "stripes" | "dots", number: number): Promise<Uint8Array> {
  const side = 64;
  const random = createRandom(number);
  const pitch = 6 + 4 * random();
  const waves = Array.from({ length: 5 }, () => [0.3 * random(), 0.3 * random(), 7 * random()] as const);
  const pixels = Uint8Array.from({ length: side * side }, (_, pixel) => {
    const x = pixel % side;
    const y = Math.floor(pixel / side);
    const across = Math.sin((2 * Math.PI * x) / pitch);
    const along = texture === "dots" ? Math.sin((2 * Math.PI * y) / pitch) : 1;
    const shade = waves.reduce(
      (sum, [right, down, phase]) => sum + 15 * Math.sin(x * right + y * down + phase),
      0,
    );
    return 120 + 40 * across * along + shade + 10 * random();
  });
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
}

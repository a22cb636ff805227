import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PreparedRound } from "#assembly";

/** What a round's folder keeps of its question beside the journal: its images, and whom they are of. */
const roundRecordSchema = z.object({
  images: z.array(z.object({ name: z.string(), file: z.string(), mediaType: z.string() })),
  patientId: z.string().exactOptional(),
  slideId: z.string().exactOptional(),
});
type RoundRecord = z.infer<typeof roundRecordSchema>;

/** Whose images a round asks about. */
export type Identity = { patientId?: string; slideId?: string };

export function journalFile(folder: string): string {
  return join(folder, "events.jsonl");
}

function recordFile(folder: string): string {
  return join(folder, "round.json");
}

/** Makes the folder of a round, which nobody else may read, with its images in stored form and an empty journal. */
export async function writeRoundFolder(request: {
  folder: string;
  images: PreparedRound["images"];
  identity: Identity;
}): Promise<void> {
  const { folder, images, identity } = request;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = images.map(({ name, mediaType }, index) => {
    return { name, file: `image-${index + 1}.${mediaType.slice("image/".length)}`, mediaType };
  });
  for (const [index, { file }] of kept.entries()) {
    await writeFile(join(folder, file), images[index]?.bytes ?? "");
  }
  const record: RoundRecord = { images: kept, ...identity };
  await writeFile(recordFile(folder), JSON.stringify(record));
  await writeFile(journalFile(folder), "");
}

/** Where an image lies that was made in the round, by its number in it. */
export function derivedImageFile(folder: string, number: number): string {
  return join(folder, `derived-${number}.png`);
}

export async function readRoundRecord(folder: string): Promise<RoundRecord> {
  return roundRecordSchema.parse(JSON.parse(await readFile(recordFile(folder), "utf8")));
}

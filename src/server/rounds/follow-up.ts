import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageFile } from "../request-content.ts";
import type { RoundRegistry } from "./registry.ts";
import { type Identity, readRoundRecord } from "./round-folder.ts";

/** What a round hands on to one that follows it up: whom it was about, and its images. Throws `round-missing`. */
export async function followUp(
  rounds: RoundRegistry,
  parentRoundId: string,
): Promise<{ identity: Identity; readImages(): Promise<ImageFile[]> }> {
  const { folder } = await rounds.find(parentRoundId);
  const { images, ...identity } = await readRoundRecord(folder);
  const readImages = () =>
    Promise.all(images.map(async ({ name, file }) => ({ name, bytes: await readFile(join(folder, file)) })));
  return { identity, readImages };
}

import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Sample } from "#evaluation";
import { sha256, writeError, writeFileAtomically } from "#platform";
import { type RolloutImage, rolloutImage } from "#training";
import type { PreparedRound } from "../prepare-round.ts";

/**
 * Keeps a round's images in a folder, by the hashes of their bytes, as the model is sent them. One that is there is not written again. Throws
 * `path-unwritable` and `disk-full`.
 */
export async function keepImages(
  folder: string,
  { round, sample }: { round: PreparedRound; sample: Sample },
): Promise<RolloutImage[]> {
  const kept: RolloutImage[] = [];
  for (const [index, { bytes, mediaType, name }] of round.images.entries()) {
    const sourceSha256 = sample.images[index]?.sha256 ?? "";
    const image = rolloutImage({ name, sha256: sha256(bytes), sourceSha256, mediaType });
    const file = join(folder, image.file);
    const found = await stat(file).catch(() => undefined);
    if (found?.size !== bytes.length) {
      await mkdir(join(folder, "images"), { recursive: true }).catch((error: unknown) => {
        throw writeError(error, file);
      });
      await writeFileAtomically(file, bytes);
    }
    kept.push(image);
  }
  return kept;
}

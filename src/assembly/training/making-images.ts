import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedRoundsError } from "#contracts";
import { imageForModel } from "#imaging";
import { safeRelativePath, sha256, writeError, writeFileAtomically } from "#platform";
import type { MadeImage } from "#training";

/** Images of made data, each once, in the folder `images` beside the rows. */
export type MakingImages = {
  /** Keeps an image as a model may be sent it: without what its file tells of the patient. Throws what decoding throws. */
  keep(bytes: Uint8Array, signal?: AbortSignal): Promise<MadeImage>;
  /** Takes an image over from another folder of made data. Throws `file-outside-folder`, `path-unwritable`. */
  take(folder: string, name: string): Promise<void>;
  /** The bytes of a kept image, by the SHA-256 of the file that it was made of. */
  read(sha256: string): Promise<Uint8Array>;
};

const endings = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

export function openMakingImages(folder: string): MakingImages {
  const names = new Map<string, string>();
  return {
    async keep(bytes, signal) {
      // Decoding takes the bytes of a DICOM file along.
      const source = sha256(bytes);
      const sent = await imageForModel(new Uint8Array(bytes), {
        name: "image",
        ...(signal ? { signal } : {}),
      });
      const name = `images/${sha256(sent.bytes)}.${endings[sent.mediaType]}`;
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found?.size !== sent.bytes.length) await writeFileAtomically(join(folder, name), sent.bytes);
      names.set(source, name);
      return { name, sha256: source };
    },
    async take(from, name) {
      const path = safeRelativePath(name);
      if (path === undefined) {
        throw new MedRoundsError("file-outside-folder", "An image of a row lies outside the rows' folder.");
      }
      const target = join(folder, path);
      try {
        await mkdir(dirname(target), { recursive: true });
        await copyFile(join(from, path), target);
      } catch (error) {
        throw writeError(error, target);
      }
    },
    read: async (key) => readFile(join(folder, names.get(key) ?? key)),
  };
}

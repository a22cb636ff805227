import { join } from "node:path";
import { builtInDescriptor, fingerprintLength, type ImageLikeness } from "#imaging";
import { canonicalJson, productVersion, sha256 } from "#platform";

/** Descriptions of images by the SHA-256 of their files. */
export type ImageDescriptions = AsyncDisposable & {
  /** What is kept of each; undefined where nothing is. */
  read(hashes: readonly string[]): Promise<(ImageLikeness | undefined)[]>;
  keep(entries: readonly { hash: string; likeness: ImageLikeness }[]): Promise<void>;
};

const hashBytes = 32;
const parts = { descriptor: builtInDescriptor.dimension, fingerprint: fingerprintLength, hash: hashBytes };

/**
 * Opens the descriptions that are kept in a folder, in a file that is named by all they depend on. Several processes may keep theirs in one
 * folder. They say nothing but how images look; but they are about patients, so they lie beside a run, not in a cache of the user's.
 *
 * @throws MedRoundsError `path-unwritable`, `disk-full`
 */
export async function openImageDescriptions(folder: string): Promise<ImageDescriptions> {
  const { openVectorFile } = await import("#models");
  const { id, preprocessingHash } = builtInDescriptor;
  const key = sha256(canonicalJson({ id, preprocessingHash, parts, version: productVersion() }));
  const length = Object.values(parts).reduce((sum, part) => sum + part, 0);
  const file = await openVectorFile(join(folder, `descriptions-${key.slice(0, 12)}.vectors`), length);
  return {
    async read(hashes) {
      const vectors = await file.read(hashes.map(keyOf));
      return vectors.map((vector) => vector && fromVector(vector));
    },
    keep: (entries) =>
      file.append(entries.map(({ hash, likeness }) => ({ key: keyOf(hash), vector: toVector(likeness) }))),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}

function keyOf(hash: string): Buffer {
  return Buffer.from(hash, "hex");
}

/** Descriptor, fingerprint, and the bytes of the pixels' hash, a number each. */
function toVector({ descriptor, fingerprint, pixelHash }: ImageLikeness): Float32Array {
  return Float32Array.from([...descriptor, ...fingerprint, ...Buffer.from(pixelHash, "hex")]);
}

function fromVector(vector: Float32Array): ImageLikeness {
  const end = parts.descriptor + parts.fingerprint;
  return {
    descriptor: vector.slice(0, parts.descriptor),
    fingerprint: vector.slice(parts.descriptor, end),
    pixelHash: Buffer.from(vector.slice(end)).toString("hex"),
  };
}

import { constants } from "node:fs";
import { copyFile, mkdir, readFile, realpath } from "node:fs/promises";
import { extname, join } from "node:path";
import { MedRoundsError } from "#contracts";
import { containedPath, digestFile, writeError } from "#platform";
import type { Refusal } from "./check-rollout.ts";
import type { ExportedRollout } from "./rollout-schema.ts";

type Image = ExportedRollout["question"]["images"][number];

/** The images of rollouts: checked once each, and copied into an export by their hashes where they are used. */
export type QuestionImages = {
  /** Whether all are there, inside the folder of the rollouts, and what their hashes say; null where they are. */
  check(question: { images: readonly Image[] }, folder: number): Promise<Refusal | null>;
  /** Puts them into the export and gives their paths in it. They were checked. */
  copy(images: readonly Image[]): Promise<string[]>;
  /** Their bytes as base64. They were checked. */
  read(images: readonly Image[]): Promise<string[]>;
  /** The same for whoever looks at what they show. They were checked. */
  toRead(question: { images: readonly Image[] }): { sha256: string; read(): Promise<Uint8Array> }[];
  /** How many were copied or read. */
  used(): number;
};

export function createQuestionImages(request: {
  folders: readonly string[];
  out: string;
  signal?: AbortSignal | undefined;
}): QuestionImages {
  const { folders, out, signal } = request;
  const files = new Map<string, string>();
  const used = new Map<string, string>();
  const checkOne = async ({ sha256, file }: Image, folder: number): Promise<Refusal | null> => {
    if (files.has(sha256)) return null;
    try {
      const path = await containedPath(await realpath(folders[folder]!), file);
      const digest = await digestFile(path, signal);
      if (digest.sha256 !== sha256) {
        return {
          reason: "image-changed",
          message: "An image is not the one that the rollout was made with.",
        };
      }
      files.set(sha256, path);
      return null;
    } catch (error) {
      signal?.throwIfAborted();
      if (!MedRoundsError.is(error)) throw error;
      return { reason: "image-missing", message: error.message };
    }
  };
  const fileOf = ({ sha256 }: Image) => files.get(sha256)!;
  return {
    async check({ images }, folder) {
      for (const image of images) {
        const refusal = await checkOne(image, folder);
        if (refusal) return refusal;
      }
      return null;
    },
    async copy(images) {
      const paths: string[] = [];
      for (const image of images) {
        const known = used.get(image.sha256);
        const path = known ?? `images/${image.sha256}${extname(image.file).toLowerCase()}`;
        paths.push(path);
        if (known !== undefined) continue;
        const target = join(out, path);
        try {
          await mkdir(join(out, "images"), { recursive: true });
          await copyFile(fileOf(image), target, constants.COPYFILE_FICLONE);
        } catch (error) {
          throw writeError(error, target);
        }
        used.set(image.sha256, path);
      }
      return paths;
    },
    async read(images) {
      return Promise.all(
        images.map(async (image) => {
          used.set(image.sha256, "");
          return (await readFile(fileOf(image))).toString("base64");
        }),
      );
    },
    toRead: ({ images }) =>
      images.map((image) => ({ sha256: image.sourceSha256, read: () => readFile(fileOf(image)) })),
    used: () => used.size,
  };
}

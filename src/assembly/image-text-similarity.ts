import { realpath } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import { decodeImage, type Raster } from "#imaging";
import { containedPath, fileError, mapConcurrently, readBoundedFile } from "#platform";

export type SimilarityChoice = {
  /** The image–text model, as `onnx:FOLDER`. */
  source: string;
  /** Images are read from these folders and what lies below them, and from nowhere else. */
  folders: readonly string[];
};

/** Scores image files against texts. Dispose of it to free its model. */
export type FileSimilarity = AsyncDisposable & {
  id: string;
  /**
   * The cosine (−1 to 1) of each file's image with the text at its place. A path is absolute, or relative to one of the folders.
   * Rejects as a whole where one image can't be had: `file-outside-folder`, `path-missing`, `path-unreadable`, `path-not-file`,
   * `file-too-large` and the errors of decoding.
   */
  similarity(request: {
    files: readonly string[];
    texts: readonly string[];
    signal?: AbortSignal;
  }): Promise<number[]>;
};

const fileLimit = 64 * 1024 * 1024;
/** How many images are held decoded at once. */
const imagesAtOnce = 8;
const decodersAtOnce = 2;

/** Loads the model. Throws what that throws, and `path-missing` for a folder that is not there. */
export async function openFileSimilarity(choice: SimilarityChoice): Promise<FileSimilarity> {
  const folders = await Promise.all(
    choice.folders.map((folder) =>
      realpath(folder).catch((error: unknown) => {
        throw fileError(error, folder);
      }),
    ),
  );
  const { createImageEncoder } = await import("#models");
  const model = await createImageEncoder({ source: choice.source });
  const { id, embedTexts } = model;
  if (embedTexts === undefined) {
    await model[Symbol.asyncDispose]();
    throw new MedRoundsError("image-text-unreadable", `The model ${id} reads no texts.`, { model: id });
  }
  return {
    id,
    async similarity({ files, texts, signal }) {
      const scores = new Array<number>(files.length);
      // One text is asked about with several images, and one image with several texts.
      const wanted = [...new Set(texts)];
      const embedded = await embedTexts(wanted, signal);
      const textVectors = new Map(wanted.map((text, index) => [text, embedded[index]]));
      const distinct = [...new Set(files)];
      for (let start = 0; start < distinct.length; start += imagesAtOnce) {
        const some = distinct.slice(start, start + imagesAtOnce);
        const rasters = await mapConcurrently(some, decodersAtOnce, (file) => {
          signal?.throwIfAborted();
          return readRaster({ file, folders, position: files.indexOf(file) });
        });
        const imageVectors = await model.embedImages(rasters, signal);
        for (const [index, file] of files.entries()) {
          const place = some.indexOf(file);
          if (place >= 0) scores[index] = cosine(imageVectors[place], textVectors.get(texts[index] ?? ""));
        }
      }
      return scores;
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/** Of unit vectors; rounding can take it a little out of its range. */
function cosine(image: Float32Array | undefined, text: Float32Array | undefined): number {
  const product =
    image?.reduce((sum, value, at) => sum + value * (text?.[at] ?? Number.NaN), 0) ?? Number.NaN;
  return Math.min(1, Math.max(-1, product));
}

async function readRaster(request: {
  file: string;
  folders: readonly string[];
  position: number;
}): Promise<Raster> {
  const { file, folders, position } = request;
  try {
    const bytes = await readBoundedFile(await findBelow(folders, file), { limit: fileLimit });
    return (await decodeImage(bytes, { name: file })).raster;
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    throw new MedRoundsError(error.code, `Image ${position + 1}: ${error.message}`, { image: position + 1 });
  }
}

/** The real path of a file below one of the folders. */
async function findBelow(folders: readonly string[], file: string): Promise<string> {
  let missing: unknown;
  for (const folder of folders) {
    try {
      return await containedPath(folder, file);
    } catch (error) {
      if (!MedRoundsError.is(error)) throw error;
      if (error.code !== "file-outside-folder") missing ??= error;
    }
  }
  throw missing ?? new MedRoundsError("file-outside-folder", "It lies in no folder that this server reads.");
}

import { realpath } from "node:fs/promises";
import { MedRoundsError } from "#contracts";
import { decodeImage, type Raster } from "#imaging";
import { containedPath, fileError, mapConcurrently, readBoundedFile } from "#platform";

/** Judges how well a text fits an image: a port that image–text models fill. */
type ImageTextSimilarity = AsyncDisposable & {
  id: string;
  /** The cosine (−1 to 1) of each image with the text at its place. */
  similarity(request: {
    images: readonly Raster[];
    texts: readonly string[];
    signal?: AbortSignal;
  }): Promise<number[]>;
};

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
  const { openImageTextEncoder } = await import("#models");
  const model: ImageTextSimilarity = await openImageTextEncoder({ source: choice.source });
  return {
    id: model.id,
    async similarity({ files, texts, signal }) {
      const scores = new Array<number>(files.length);
      const distinct = [...new Set(files)];
      for (let start = 0; start < distinct.length; start += imagesAtOnce) {
        const some = distinct.slice(start, start + imagesAtOnce);
        const rasters = await mapConcurrently(some, decodersAtOnce, (file) => {
          signal?.throwIfAborted();
          return readRaster({ file, folders, position: files.indexOf(file) });
        });
        const rasterOf = new Map(some.map((file, index) => [file, rasters[index]]));
        const pairs = files.flatMap((file, index) => {
          const image = rasterOf.get(file);
          return image ? [{ index, image, text: texts[index] ?? "" }] : [];
        });
        const found = await model.similarity({
          images: pairs.map(({ image }) => image),
          texts: pairs.map(({ text }) => text),
          ...(signal ? { signal } : {}),
        });
        for (const [place, { index }] of pairs.entries()) scores[index] = found[place] ?? Number.NaN;
      }
      return scores;
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
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

import { basename } from "node:path";
import { MedRoundsError } from "#contracts";
import { chooseImageFamily } from "../image-families/choose-image-family.ts";
import type { ImageFamily } from "../image-families/family.ts";
import type { Preprocessing } from "../image-preprocessing/preprocess.ts";
import { readPreprocessing } from "../image-preprocessing/read-preprocessing.ts";
import { findModel } from "../onnx/model-place.ts";
import { type OnnxGraph, openGraph } from "../onnx/open-graph.ts";
import { downloadEncoder } from "../onnx-images/hub-files.ts";
import { createImageTower } from "../onnx-images/image-tower.ts";
import { findModelFiles, type ModelFiles } from "../onnx-images/model-files.ts";
import { createTextTower } from "../onnx-images/text-tower.ts";
import type { ImageEncoderProvider } from "./image-encoder-provider.ts";

/**
 * An encoder in this process, from a folder or the hub, by the runtime that Transformers.js brings, which is optional. How images are
 * prepared is said by the folder (`preprocessor_config.json`, `open_clip_config.json`), or else by the family.
 */
export const onnx: ImageEncoderProvider = {
  name: "onnx",
  example: "onnx:FOLDER?family=clip",
  async open({ source, cacheFolder, onProgress, signal }) {
    if (source.model !== undefined) {
      throw new MedRoundsError("model-source-invalid", "A source of ONNX image encoders names one folder.");
    }
    const place = findModel(source.place, cacheFolder);
    const { folder } = place;
    if (place.type === "hub") await downloadEncoder({ id: place.id, folder, signal, onProgress });
    const files = await findModelFiles(folder);
    const id = place.type === "hub" ? place.id : basename(folder);
    const family = chooseImageFamily(source.family, [id, ...files.names]);
    const preprocessing = (await readPreprocessing(folder)) ?? family.preprocessing;
    if (preprocessing === undefined) {
      const message = `Nothing says how images are prepared for ${id.slice(0, 80)}.`;
      throw new MedRoundsError("image-family-unknown", message, { folder });
    }
    const graphs = await openGraphs(files);
    try {
      const towers = await createTowers({ graphs, folder, family, preprocessing });
      const { models: _, preprocessing: _default, ...use } = family;
      return {
        id,
        folder,
        identity: { files: files.digests, preprocessing, family: use },
        ...towers,
        [Symbol.asyncDispose]: () => closeAll(graphs),
      };
    } catch (error) {
      await closeAll(graphs);
      throw error;
    }
  },
};

type Graphs = { image: OnnxGraph; text: OnnxGraph | undefined };

/** One graph for both, or two. */
async function openGraphs(files: ModelFiles): Promise<Graphs> {
  const image = await openGraph(files.image);
  if (files.text === undefined || files.text === files.image) {
    const readsTexts = files.text !== undefined && image.inputs.some(({ shape }) => shape.length === 2);
    return { image, text: readsTexts ? image : undefined };
  }
  try {
    return { image, text: await openGraph(files.text) };
  } catch (error) {
    await image[Symbol.asyncDispose]();
    throw error;
  }
}

async function closeAll({ image, text }: Graphs): Promise<void> {
  await image[Symbol.asyncDispose]();
  if (text !== undefined && text !== image) await text[Symbol.asyncDispose]();
}

async function createTowers(request: {
  graphs: Graphs;
  folder: string;
  family: ImageFamily;
  preprocessing: Preprocessing;
}) {
  const { graphs, folder, family, preprocessing } = request;
  const { image, text } = graphs;
  const texts = text && (await createTextTower({ graph: text, folder, family }));
  const images = createImageTower({ graph: image, family, preprocessing });
  return {
    embedImages: images.embed,
    ...(texts !== undefined && { embedTexts: texts.embed }),
  };
}

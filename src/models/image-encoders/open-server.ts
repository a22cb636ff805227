import { MedRoundsError } from "#contracts";
import type { Picture } from "../image-preprocessing/picture.ts";
import { largestSide } from "../services/encode-picture.ts";
import { createJsonService, type JsonService } from "../services/json-service.ts";
import { mapBatches } from "../services/map-batches.ts";
import type { ImageVectorSource, OpenImageEncoder } from "./image-encoder-provider.ts";

/** One request for the vectors of some images, or of some texts. */
type Ask<Item> = (request: {
  service: JsonService;
  model: string;
  items: readonly Item[];
  signal: AbortSignal;
}) => Promise<readonly ArrayLike<unknown>[]>;

/**
 * An image encoder behind a server. `itemsAtOnce` is the most images, and texts, that the protocol takes in a request; fewer are sent
 * where the limits say so.
 */
export function openServer(
  { source, apiKey, limits }: OpenImageEncoder,
  protocol: {
    itemsAtOnce: { images: number; texts: number };
    askImages: Ask<Picture>;
    askTexts: Ask<string>;
  },
): ImageVectorSource {
  const { place: address, model } = source;
  if (model === undefined) {
    throw new MedRoundsError("model-source-invalid", "The source names no model after #.");
  }
  if (source.family !== undefined) {
    throw new MedRoundsError(
      "model-source-invalid",
      "A server of image encoders prepares images itself and has no family.",
    );
  }
  const service = createJsonService({ address, apiKey, limits });
  const embed =
    <Item>(ask: Ask<Item>, itemsAtOnce: number) =>
    (items: readonly Item[], signal: AbortSignal | undefined) =>
      mapBatches({
        items,
        limits: { ...limits, batchSize: Math.min(itemsAtOnce, limits?.batchSize ?? itemsAtOnce) },
        signal,
        apply: (batch, either) => ask({ service, model, items: batch, signal: either }),
      });
  return {
    id: model,
    identity: { model, largestSide },
    embedImages: embed(protocol.askImages, protocol.itemsAtOnce.images),
    embedTexts: embed(protocol.askTexts, protocol.itemsAtOnce.texts),
    async [Symbol.asyncDispose]() {},
  };
}

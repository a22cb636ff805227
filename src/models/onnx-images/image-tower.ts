import type { ImageFamily } from "../image-families/family.ts";
import type { Picture } from "../image-preprocessing/picture.ts";
import { type Planes, type Preprocessing, preprocess } from "../image-preprocessing/preprocess.ts";
import type { GraphTensor, OnnxGraph } from "../onnx/open-graph.ts";
import { pool } from "../onnx/pool.ts";
import { chooseOutput, leastInputs, unusable } from "./graph-ends.ts";

/** More at once take more memory and no less time on a processor. */
const imagesAtOnce = 8;

/** Turns images into vectors by the graph that takes them; inputs that are not for images get the least there is. */
export function createImageTower(request: {
  graph: OnnxGraph;
  family: ImageFamily;
  preprocessing: Preprocessing;
}) {
  const { graph, family, preprocessing } = request;
  const input = graph.inputs.find(({ shape }) => shape.length === 4);
  const output = chooseOutput(graph, family.outputs);
  if (input === undefined) throw unusable("takes no images");
  const [batch, channels] = input.shape;
  const atOnce = typeof batch === "number" && batch > 0 ? batch : imagesAtOnce;
  const others = leastInputs(graph, (name) => name !== input.name);
  const run = async (some: readonly Planes[]): Promise<Float64Array[]> => {
    const [{ width, height } = { width: 0, height: 0 }] = some;
    const planes = channels === 1 ? 1 : 3;
    const size = planes * width * height;
    const values = new Float32Array(Math.max(some.length, typeof batch === "number" ? batch : 0) * size);
    for (const [index, image] of some.entries()) values.set(image.values.subarray(0, size), index * size);
    const dims = [values.length / size, planes, height, width];
    const result = await graph.run({ ...others, [input.name]: { values, dims } }, output);
    return poolImages(result, family.pooling).slice(0, some.length);
  };
  return {
    async embed(images: readonly Picture[], signal: AbortSignal | undefined): Promise<Float64Array[]> {
      const vectors: Float64Array[] = [];
      let waiting: Planes[] = [];
      const flush = async () => {
        signal?.throwIfAborted();
        if (waiting.length > 0) vectors.push(...(await run(waiting)));
        waiting = [];
        // The model holds the thread while it computes; others get their turn between batches.
        await new Promise((resolve) => setImmediate(resolve));
      };
      for (const image of images) {
        const planes = preprocess(image, preprocessing);
        const [first = planes] = waiting;
        const fits = first.width === planes.width && first.height === planes.height;
        if (waiting.length === atOnce || !fits) await flush();
        waiting.push(planes);
      }
      await flush();
      return vectors;
    },
  };
}

/** One vector an image: [images × width] as it is, of tokens [images × tokens × width] and maps [images × width × rows × columns]. */
function poolImages({ data, dims }: GraphTensor, pooling: ImageFamily["pooling"]): Float64Array[] {
  const [count = 0, second = 0, third = 1, fourth = 1] = dims;
  const part = data.length / Math.max(1, count);
  const rows = Array.from({ length: count }, (_, row) => data.subarray(row * part, (row + 1) * part));
  if (dims.length === 2) return rows.map((row) => Float64Array.from(row));
  if (dims.length === 3) {
    return pool({ hidden: data, tokens: second, width: third, lengths: rows.map(() => second), pooling });
  }
  if (dims.length !== 4) throw unusable(`gives an output of ${dims.length} dimensions`);
  const area = third * fourth;
  return rows.map((row) => {
    const vector = new Float64Array(second);
    for (const [at, value] of row.entries()) {
      const channel = Math.floor(at / area);
      vector[channel] = (vector[channel] as number) + value / area;
    }
    return vector;
  });
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGraph, type GraphValue } from "./graph.ts";

/** What the output of a graph holds: a vector an image, one for each token, a feature map, or scores of classes. */
export type TinyOutput = { name: string; form: "vector" | "tokens" | "map" };

const forms: Record<TinyOutput["form"], (string | number)[]> = {
  vector: ["images", 3],
  tokens: ["images", 4, 3],
  map: ["images", 3, 2, 2],
};

/**
 * Writes an image encoder at 2 × 2 pixels, whose outputs are the pixels themselves: as a map, as four tokens of red, green
 * and blue, or their mean. `batch` is how many images the graph takes at once.
 */
export async function writeTinyVision(
  folder: string,
  request: { outputs: readonly TinyOutput[]; batch?: number; channels?: 1 | 3; config?: object },
): Promise<string> {
  const { outputs, batch = "images", channels = 3, config } = request;
  await mkdir(folder, { recursive: true });
  const graph = createGraph();
  const pixels: GraphValue = { name: "pixel_values", type: "float", shape: [batch, channels, 2, 2] };
  for (const { name, form } of outputs) {
    const flat = graph.apply("Reshape", [pixels.name, graph.integers("flat", [0, channels, 4])]);
    if (form === "map") graph.apply("Identity", [pixels.name], { output: name });
    if (form === "tokens")
      graph.apply("Transpose", [flat], { attributes: { perm: [0, 2, 1] }, output: name });
    if (form === "vector") {
      const last = graph.integers("last", [2]);
      graph.apply("ReduceMean", [flat, last], { attributes: { keepdims: 0 }, output: name });
    }
  }
  const model = graph.build({
    inputs: [pixels],
    outputs: outputs.map(({ name, form }) => ({
      name,
      type: "float",
      shape: forms[form].map((size) => (size === 3 ? channels : size === "images" ? batch : size)),
    })),
  });
  await writeFile(join(folder, "model.onnx"), model);
  await writeFile(join(folder, "preprocessor_config.json"), JSON.stringify(preprocessor));
  if (config) await writeFile(join(folder, "config.json"), JSON.stringify(config));
  return folder;
}

const preprocessor = { size: { height: 2, width: 2 }, do_normalize: false };

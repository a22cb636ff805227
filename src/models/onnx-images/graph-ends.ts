import { MedRoundsError } from "#contracts";
import type { GraphInputs, OnnxGraph } from "../onnx/open-graph.ts";

/** The first of the names that the graph has, else its only output. */
export function chooseOutput(graph: OnnxGraph, names: readonly string[]): string {
  const outputs = graph.outputs.map(({ name }) => name);
  const output =
    names.find((name) => outputs.includes(name)) ?? (outputs.length === 1 ? outputs[0] : undefined);
  if (output === undefined || /logits/.test(output))
    throw unusable(`gives ${outputs.join(", ").slice(0, 200)} alone`);
  return output;
}

/** The smallest inputs that a graph accepts for what is not asked for. */
export function leastInputs(graph: OnnxGraph, wanted: (name: string) => boolean): GraphInputs {
  const others = graph.inputs.filter(({ name }) => wanted(name));
  return Object.fromEntries(
    others.map(({ name, shape }) => {
      const dims = shape.map((size) => (typeof size === "number" && size > 0 ? size : 1));
      const count = dims.reduce((product, size) => product * size, 1);
      return [name, { values: new Float32Array(count).fill(shape.length === 4 ? 0 : 1), dims }];
    }),
  );
}

export function unusable(what: string): MedRoundsError {
  return new MedRoundsError("image-encoder-unusable", `The model ${what}.`, {});
}

import { createGraph, type GraphBuilder } from "../onnx/graph.ts";
import type { TfliteGraph, TfliteOperation, TfliteTensor } from "./read-tflite.ts";

/**
 * A quantized image model as an ONNX encoder in 32-bit floats: `pixel_values` [images, 3, side, side] to `last_hidden_state`, what
 * goes into the average pool, [images, channels, rows, columns], and `pooler_output`, its mean, [images, channels]. What
 * follows the pool (a classifier) is `logits` [images, classes] with `classifier`, else left out. Activations are clamped to what
 * the 8 bits of the original hold, since training clamped them so; they are not rounded.
 */
export function toOnnx(model: TfliteGraph, { classifier = false } = {}): Uint8Array {
  const graph = createGraph();
  const names = new Map([[model.input, "pixel_values"]]);
  const translation: Translation = { graph, model, names };
  const pool = model.operations.findIndex(({ name }) => name === "average-pool");
  const features = model.tensors[model.operations[pool]?.inputs[0] ?? -1];
  for (const operation of model.operations.slice(0, pool)) translate(translation, operation);
  const pooled = model.operations[pool] as TfliteOperation;
  const map = graph.apply("Identity", [nameOf(translation, pooled.inputs[0])], {
    output: "last_hidden_state",
  });
  const mean = graph.apply("GlobalAveragePool", [map]);
  const vector = graph.apply("Flatten", [mean], { output: "pooler_output" });
  names.set(pooled.output, mean);
  const channels = features?.shape[3] ?? 0;
  const [, height = 0, width = 0] = model.tensors[model.input]?.shape ?? [];
  const outputs = [
    { name: map, shape: ["images", channels, features?.shape[1] ?? 0, features?.shape[2] ?? 0] },
    { name: vector, shape: ["images", channels] },
  ];
  const head = model.operations.slice(pool + 1).find(({ name }) => name === "convolution");
  if (classifier && head !== undefined) {
    translate(translation, head);
    const classes = model.tensors[head.output]?.shape[3] ?? 0;
    graph.apply("Flatten", [nameOf(translation, head.output)], { output: "logits" });
    outputs.push({ name: "logits", shape: ["images", classes] });
  }
  return graph.build({
    inputs: [{ name: "pixel_values", type: "float", shape: ["images", 3, height, width] }],
    outputs: outputs.map((output) => ({ ...output, type: "float" as const })),
  });
}

type Translation = { graph: GraphBuilder; model: TfliteGraph; names: Map<number, string> };

function nameOf({ names }: Translation, tensor: number | undefined): string {
  const name = names.get(tensor ?? -1);
  if (name === undefined) throw new Error(`Tensor ${tensor} has not been computed.`);
  return name;
}

function translate(translation: Translation, operation: TfliteOperation): void {
  const { graph, model, names } = translation;
  const result =
    operation.name === "add"
      ? graph.apply(
          "Add",
          operation.inputs.map((input) => nameOf(translation, input)),
        )
      : convolve(translation, operation);
  const { low, high } = limitsOf(model.tensors[operation.output], operation.activation);
  const limits = [graph.scalar(`limit${low}`, low), graph.scalar(`limit${high}`, high)];
  names.set(operation.output, graph.apply("Clip", [result, ...limits]));
}

function limitsOf(tensor: TfliteTensor | undefined, activation: TfliteOperation["activation"]) {
  const { low, high } = tensor?.range ?? { low: -Infinity, high: Infinity };
  return {
    low: activation === "none" ? low : Math.max(0, low),
    high: activation === "relu6" ? Math.min(6, high) : high,
  };
}

function convolve(translation: Translation, operation: TfliteOperation): string {
  const { graph, model } = translation;
  const [input = -1, kernel = -1, bias = -1] = operation.inputs;
  const [image, weights, offsets] = [input, kernel, bias].map(
    (tensor) => model.tensors[tensor] as TfliteTensor,
  );
  if (image === undefined || weights === undefined || offsets === undefined)
    throw new Error("A tensor is missing.");
  const depthwise = operation.name === "depthwise-convolution";
  const [, height = 0, width = 0, channels = 0] = weights.shape;
  const kernelShape = depthwise
    ? [channels, 1, height, width]
    : [weights.shape[0] ?? 0, channels, height, width];
  const { stride, padding } = operation;
  const [top, bottom] = pads({ padding, size: image.shape[1] ?? 0, kernel: height, stride: stride.height });
  const [left, right] = pads({ padding, size: image.shape[2] ?? 0, kernel: width, stride: stride.width });
  return graph.apply(
    "Conv",
    [
      nameOf(translation, input),
      graph.weights(`kernel-${kernel}`, channelsFirst(weights, depthwise), kernelShape),
      graph.weights(`bias-${bias}`, offsets.values, offsets.shape),
    ],
    {
      attributes: {
        group: depthwise ? channels : 1,
        kernel_shape: [height, width],
        strides: [stride.height, stride.width],
        pads: [top, left, bottom, right],
      },
    },
  );
}

/** TensorFlow's "same": an odd pixel of padding comes after. */
function pads(request: {
  padding: "same" | "valid";
  size: number;
  kernel: number;
  stride: number;
}): [number, number] {
  const { padding, size, kernel, stride } = request;
  const total =
    padding === "valid" ? 0 : Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** [outputs, rows, columns, inputs], depthwise [1, rows, columns, outputs], to [outputs, inputs or 1, rows, columns]. */
function channelsFirst({ shape, values }: TfliteTensor, depthwise: boolean): Float32Array {
  const [first = 0, rows = 0, columns = 0, last = 0] = shape;
  const turned = new Float32Array(values.length);
  const area = rows * columns;
  for (let one = 0; one < first; one++) {
    for (let place = 0; place < area; place++) {
      for (let channel = 0; channel < last; channel++) {
        const to = depthwise ? channel * area + place : (one * last + channel) * area + place;
        turned[to] = values[(one * area + place) * last + channel] as number;
      }
    }
  }
  return turned;
}

import { readRoot, type Table } from "./flatbuffer.ts";

/** A tensor by the schema of TensorFlow Lite (tensorflow/compiler/mlir/lite/schema/schema.fbs). */
export type TfliteTensor = {
  shape: number[];
  /** Of weights, as real numbers: (stored − zero point) × scale. Empty where the tensor is computed. */
  values: Float32Array;
  /** The real numbers that its 8 bits can hold; undefined where it is not quantized to 8 bits. */
  range?: { low: number; high: number };
};

export type TfliteOperation = {
  name: "add" | "average-pool" | "convolution" | "depthwise-convolution" | "reshape" | "softmax";
  inputs: number[];
  output: number;
  stride: { height: number; width: number };
  padding: "same" | "valid";
  /** The fused activation. */
  activation: "none" | "relu" | "relu6";
};

export type TfliteGraph = {
  tensors: TfliteTensor[];
  /** In the order in which they run. */
  operations: TfliteOperation[];
  input: number;
  output: number;
};

const operationNames: Record<number, TfliteOperation["name"]> = {
  0: "add",
  1: "average-pool",
  3: "convolution",
  4: "depthwise-convolution",
  22: "reshape",
  25: "softmax",
};
/** Where the fused activation stands in the options of an operation. */
const activationFields: Partial<Record<TfliteOperation["name"], number>> = {
  add: 0,
  convolution: 3,
  "depthwise-convolution": 4,
};
const activations: Record<number, TfliteOperation["activation"]> = { 0: "none", 1: "relu", 3: "relu6" };
const [int32, uint8] = [2, 3];

/** Reads an image model that is quantized to unsigned 8 bits, one scale a tensor. */
export function readTflite(file: Uint8Array): TfliteGraph {
  const model = readRoot(file);
  const [graph] = model.tables(2);
  if (graph === undefined) throw new Error("The file has no graph.");
  const buffers = model.tables(4);
  const codes = model.tables(1).map((code) => Math.max(code.byte(0), code.integer(3)));
  return {
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    operations: graph.tables(3).map((operation) => readOperation(operation, codes)),
    input: graph.integers(1)[0] ?? 0,
    output: graph.integers(2)[0] ?? 0,
  };
}

function readTensor(tensor: Table, buffers: readonly Table[]): TfliteTensor {
  const shape = tensor.integers(0);
  const type = tensor.byte(1);
  const bytes = buffers[tensor.integer(2)]?.bytes(0) ?? new Uint8Array();
  const quantization = tensor.table(4);
  const [scale] = quantization?.floats(2) ?? [];
  const [zero = 0] = quantization?.longs(3) ?? [];
  if (scale === undefined) return { shape, values: new Float32Array() };
  const stored = type === uint8 ? bytes : type === int32 ? integersOf(bytes) : undefined;
  if (stored === undefined) throw new Error(`Tensors of type ${type} are not read.`);
  const values = Float32Array.from(stored, (value) => (value - zero) * scale);
  if (type !== uint8) return { shape, values };
  return { shape, values, range: { low: -zero * scale, high: (255 - zero) * scale } };
}

function integersOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(Uint8Array.from(bytes).buffer);
}

function readOperation(operation: Table, codes: readonly number[]): TfliteOperation {
  const code = codes[operation.integer(0)] ?? -1;
  const name = operationNames[code];
  if (name === undefined) throw new Error(`Operations of code ${code} are not read.`);
  const options = operation.table(4);
  const activation = activations[options?.byte(activationFields[name] ?? 99) ?? 0];
  if (activation === undefined) throw new Error("The activation is not read.");
  return {
    name,
    inputs: operation.integers(1),
    output: operation.integers(2)[0] ?? -1,
    stride: { width: options?.integer(1) ?? 1, height: options?.integer(2) ?? 1 },
    padding: options?.byte(0) === 1 ? "valid" : "same",
    activation,
  };
}

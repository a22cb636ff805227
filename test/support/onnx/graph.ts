import { bytesField, concatenate, type Field, floatField, integerField } from "./protobuf.ts";

/** Values of `TensorProto.DataType` in onnx.proto. */
const dataTypes = { float: 1, int32: 6, int64: 7 } as const;
/** Values of `AttributeProto.AttributeType`. */
const attributeTypes = { float: 1, integer: 2, integers: 7 } as const;

type ElementType = keyof typeof dataTypes;
type Attribute = number | { float: number } | readonly number[];

/** An input or output of the whole graph; a dimension that varies is a word. */
export type GraphValue = { name: string; type: ElementType; shape: readonly (number | string)[] };

export type GraphBuilder = {
  /** Adds weights and returns their name. Equal names are added once. */
  weights(name: string, values: Float32Array, shape: readonly number[]): string;
  integers(name: string, values: readonly number[], type?: "int32" | "int64"): string;
  scalar(name: string, value: number): string;
  /** Adds an operation with one output and returns the output's name. `domain` is empty for ONNX's own operations. */
  apply(
    operation: string,
    inputs: readonly string[],
    options?: { attributes?: Readonly<Record<string, Attribute>>; output?: string; domain?: string },
  ): string;
  /** The model as the bytes of an `.onnx` file (onnx.proto, IR version 9, opset 20). */
  build(graph: { inputs: readonly GraphValue[]; outputs: readonly GraphValue[] }): Uint8Array;
};

export function createGraph(): GraphBuilder {
  const nodes: Field[] = [];
  const initializers = new Map<string, Field>();
  const addTensor = (name: string, tensor: readonly Field[]) => {
    if (!initializers.has(name)) initializers.set(name, bytesField(5, tensor));
    return name;
  };
  return {
    weights: (name, values, shape) =>
      addTensor(name, [
        ...shape.map((size) => integerField(1, size)),
        integerField(2, dataTypes.float),
        bytesField(8, name),
        bytesField(9, bytesOf(values)),
      ]),
    integers: (name, values, type = "int64") =>
      addTensor(name, [
        integerField(1, values.length),
        integerField(2, dataTypes[type]),
        bytesField(8, name),
        bytesField(
          9,
          bytesOf(type === "int64" ? BigInt64Array.from(values, BigInt) : Int32Array.from(values)),
        ),
      ]),
    scalar: (name, value) =>
      addTensor(name, [
        integerField(2, dataTypes.float),
        bytesField(8, name),
        bytesField(9, bytesOf(Float32Array.of(value))),
      ]),
    apply(operation, inputs, { attributes = {}, output, domain } = {}) {
      const name = output ?? `${operation}-${nodes.length}`;
      nodes.push(
        bytesField(1, [
          ...inputs.map((input) => bytesField(1, input)),
          bytesField(2, name),
          bytesField(3, `node-${nodes.length}`),
          bytesField(4, operation),
          ...Object.entries(attributes).map(([key, value]) => bytesField(5, attributeFields(key, value))),
          ...(domain === undefined ? [] : [bytesField(7, domain)]),
        ]),
      );
      return name;
    },
    build: ({ inputs, outputs }) =>
      concatenate([
        integerField(1, 9),
        bytesField(2, "medrounds-tests"),
        bytesField(7, [
          ...nodes,
          bytesField(2, "encoder"),
          ...initializers.values(),
          ...inputs.map((value) => bytesField(11, valueFields(value))),
          ...outputs.map((value) => bytesField(12, valueFields(value))),
        ]),
        bytesField(8, [bytesField(1, ""), integerField(2, 20)]),
        bytesField(8, [bytesField(1, "com.microsoft"), integerField(2, 1)]),
      ]),
  };
}

function bytesOf(values: Float32Array | Int32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function attributeFields(name: string, value: Attribute): Field[] {
  const head = bytesField(1, name);
  if (typeof value === "number")
    return [head, integerField(3, value), integerField(20, attributeTypes.integer)];
  if ("float" in value) return [head, floatField(2, value.float), integerField(20, attributeTypes.float)];
  return [head, ...value.map((item) => integerField(8, item)), integerField(20, attributeTypes.integers)];
}

function valueFields({ name, type, shape }: GraphValue): Field[] {
  const dimensions = shape.map((size) =>
    bytesField(1, [typeof size === "number" ? integerField(1, size) : bytesField(2, size)]),
  );
  return [
    bytesField(1, name),
    bytesField(2, [bytesField(1, [integerField(1, dataTypes[type]), bytesField(2, dimensions)])]),
  ];
}

import { createRequire } from "node:module";
import { basename } from "node:path";
import { MedRoundsError } from "#contracts";
import { loadTransformers } from "./load-transformers.ts";
import { sessionOptions } from "./session-options.ts";

/** A tensor: its numbers row by row, and the length of each dimension. */
export type GraphTensor = { data: Float32Array; dims: readonly number[] };

/** What goes into a graph by name; the numbers are made what the graph takes, 32-bit floats or integers of 32 or 64 bits. */
export type GraphInputs = Readonly<Record<string, { values: ArrayLike<number>; dims: readonly number[] }>>;

/** An ONNX graph in this process, of any architecture. */
export type OnnxGraph = AsyncDisposable & {
  /** A dimension that varies is a word, or −1. */
  inputs: readonly { name: string; type: string; shape: readonly (number | string)[] }[];
  outputs: readonly { name: string; shape: readonly (number | string)[] }[];
  /** Rejects with `image-encoder-unusable` where the graph can't compute it, or its output are no 32-bit floats. */
  run(inputs: GraphInputs, output: string): Promise<GraphTensor>;
};

/** As far as it is used here; the package is one that Transformers.js brings. */
type Runtime = {
  InferenceSession: { create(file: string, options: object): Promise<Session> };
  Tensor: new (
    type: string,
    data: Float32Array | Int32Array | BigInt64Array,
    dims: readonly number[],
  ) => object;
};
type ValueMetadata = { name: string; type?: string; shape?: readonly (number | string)[] };
type Session = {
  inputMetadata: readonly ValueMetadata[];
  outputMetadata: readonly ValueMetadata[];
  run(
    feeds: Record<string, object>,
    fetches: readonly string[],
  ): Promise<Record<string, { data: unknown; dims: readonly number[] }>>;
  release(): Promise<void>;
};

/**
 * Loads a file of ONNX. Weights beside it are found by their name.
 * @throws MedRoundsError `transformers-missing`, `image-encoder-unusable`
 */
export async function openGraph(file: string): Promise<OnnxGraph> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await guard(file, () => InferenceSession.create(file, sessionOptions));
  const types = new Map(session.inputMetadata.map(({ name, type = "float32" }) => [name, type]));
  return {
    inputs: session.inputMetadata.map(({ name, type = "float32", shape = [] }) => ({ name, type, shape })),
    outputs: session.outputMetadata.map(({ name, shape = [] }) => ({ name, shape })),
    run: (inputs, output) =>
      guard(file, async () => {
        const feeds: Record<string, object> = {};
        for (const [name, { values, dims }] of Object.entries(inputs)) {
          const type = types.get(name) ?? "float32";
          feeds[name] = new Tensor(type, toElements(type, values), dims);
        }
        const result = (await session.run(feeds, [output]))[output];
        if (!(result?.data instanceof Float32Array)) throw new Error(`${output} are no 32-bit floats`);
        return { data: result.data, dims: result.dims };
      }),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

async function loadRuntime(): Promise<Runtime> {
  await loadTransformers();
  // Resolved from there, since it is a package of theirs that need not lie beside ours.
  const transformers = createRequire(import.meta.url).resolve("@huggingface/transformers");
  return createRequire(transformers)("onnxruntime-node") as Runtime;
}

function toElements(type: string, values: ArrayLike<number>): Float32Array | Int32Array | BigInt64Array {
  if (type === "int64") return BigInt64Array.from(values as number[], BigInt);
  if (type === "int32") return Int32Array.from(values);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

async function guard<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    const message = `The model in ${basename(file)} can't be used: ${cause}`;
    throw new MedRoundsError("image-encoder-unusable", message, { path: file }, { cause: error });
  }
}

import { createGraph, type GraphBuilder } from "./graph.ts";

/** The fields of a BERT `config.json` that decide the graph. */
export type EncoderConfig = {
  hidden_size: number;
  intermediate_size: number;
  num_attention_heads: number;
  num_hidden_layers: number;
  max_position_embeddings: number;
  type_vocab_size: number;
  vocab_size: number;
  layer_norm_eps: number;
};

/** A tensor by its name in a PyTorch checkpoint of BERT; a dense layer's weights are [out, in]. */
export type Tensors = (name: string) => { shape: readonly number[]; values: Float32Array };

/**
 * A BERT encoder (arXiv 1810.04805) as ONNX: `input_ids`, `attention_mask` and `token_type_ids` [batch, tokens], int64, to
 * `last_hidden_state` [batch, tokens, hidden]; with `classes`, pooler and classifier follow and the output is `logits`
 * [batch, classes].
 */
export function writeBertEncoder(request: {
  config: EncoderConfig;
  tensors: Tensors;
  classes?: number;
}): Uint8Array {
  const { config, tensors, classes } = request;
  const graph = createGraph();
  const layers: Layers = { graph, tensors, config };
  let hidden = embed(layers);
  const mask = addMask(graph);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `encoder.layer.${layer}`;
    const attended = attend(layers, { prefix: `${prefix}.attention`, hidden, mask });
    const afterAttention = normalize(layers, {
      name: `${prefix}.attention.output.LayerNorm`,
      input: graph.apply("Add", [attended, hidden]),
    });
    const inner = graph.apply("Gelu", [dense(layers, `${prefix}.intermediate.dense`, afterAttention)]);
    const outer = dense(layers, `${prefix}.output.dense`, inner);
    hidden = normalize(layers, {
      name: `${prefix}.output.LayerNorm`,
      input: graph.apply("Add", [outer, afterAttention]),
      ...(classes === undefined && layer === config.num_hidden_layers - 1 && { output: "last_hidden_state" }),
    });
  }
  if (classes !== undefined) classify(layers, hidden);
  const tokens = ["batch", "tokens"];
  return graph.build({
    inputs: ["input_ids", "attention_mask", "token_type_ids"].map((name) => ({
      name,
      type: "int64" as const,
      shape: tokens,
    })),
    outputs:
      classes === undefined
        ? [{ name: "last_hidden_state", type: "float", shape: [...tokens, config.hidden_size] }]
        : [{ name: "logits", type: "float", shape: ["batch", classes] }],
  });
}

type Layers = { graph: GraphBuilder; tensors: Tensors; config: EncoderConfig };

function embed(layers: Layers): string {
  const { graph } = layers;
  const table = (name: string, ids: string) => {
    const { values, shape } = layers.tensors(`embeddings.${name}.weight`);
    return graph.apply("Gather", [graph.weights(`embeddings.${name}.weight`, values, shape), ids]);
  };
  const length = graph.apply("Squeeze", [
    graph.apply("Shape", ["input_ids"], { attributes: { start: 1, end: 2 } }),
  ]);
  const positions = graph.apply("Range", [intScalar(graph, 0), length, intScalar(graph, 1)]);
  const words = graph.apply("Add", [
    table("word_embeddings", "input_ids"),
    table("token_type_embeddings", "token_type_ids"),
  ]);
  const sum = graph.apply("Add", [words, table("position_embeddings", positions)]);
  return normalize(layers, { name: "embeddings.LayerNorm", input: sum });
}

function intScalar(graph: GraphBuilder, value: number): string {
  return graph.apply("Squeeze", [graph.integers(`integer-${value}`, [value])]);
}

/** 0 where a token counts and a very negative number where it is padding: [batch, 1, 1, tokens]. */
function addMask(graph: GraphBuilder): string {
  const axes = graph.integers("axes-1-2", [1, 2]);
  const counts = graph.apply("Cast", [graph.apply("Unsqueeze", ["attention_mask", axes])], {
    attributes: { to: 1 },
  });
  const padding = graph.apply("Sub", [graph.scalar("one", 1), counts]);
  return graph.apply("Mul", [padding, graph.scalar("minus-infinity", -3.4028234663852886e38)]);
}

/** Multi-head self-attention with its output projection. */
function attend(layers: Layers, request: { prefix: string; hidden: string; mask: string }): string {
  const { graph, config } = layers;
  const { prefix, hidden, mask } = request;
  const width = config.hidden_size / config.num_attention_heads;
  const split = graph.integers("split-heads", [0, 0, config.num_attention_heads, width]);
  const heads = (name: string, order: readonly number[]) =>
    graph.apply(
      "Transpose",
      [graph.apply("Reshape", [dense(layers, `${prefix}.self.${name}`, hidden), split])],
      { attributes: { perm: order } },
    );
  const similarities = graph.apply("MatMul", [heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1])]);
  const scaled = graph.apply("Mul", [similarities, graph.scalar("scale", 1 / Math.sqrt(width))]);
  const shares = graph.apply("Softmax", [graph.apply("Add", [scaled, mask])], { attributes: { axis: -1 } });
  const mixed = graph.apply("MatMul", [shares, heads("value", [0, 2, 1, 3])]);
  const joined = graph.apply("Reshape", [
    graph.apply("Transpose", [mixed], { attributes: { perm: [0, 2, 1, 3] } }),
    graph.integers("join-heads", [0, 0, config.hidden_size]),
  ]);
  return dense(layers, `${prefix}.output.dense`, joined);
}

function classify(layers: Layers, hidden: string): void {
  const { graph } = layers;
  const first = graph.apply("Gather", [hidden, intScalar(graph, 0)], { attributes: { axis: 1 } });
  const pooled = graph.apply("Tanh", [dense(layers, "pooler.dense", first)]);
  dense(layers, "classifier", pooled, "logits");
}

function dense({ graph, tensors }: Layers, name: string, input: string, output?: string): string {
  const { values, shape } = tensors(`${name}.weight`);
  const [rows = 0, columns = 0] = shape;
  const weights = graph.weights(`${name}.weight`, transpose(values, { rows, columns }), [columns, rows]);
  const bias = graph.weights(`${name}.bias`, tensors(`${name}.bias`).values, [rows]);
  return graph.apply(
    "Add",
    [graph.apply("MatMul", [input, weights]), bias],
    output === undefined ? {} : { output },
  );
}

function normalize(
  { graph, tensors, config }: Layers,
  { name, input, output }: { name: string; input: string; output?: string },
): string {
  const [weight, bias] = ["weight", "bias"].map((part) =>
    graph.weights(`${name}.${part}`, tensors(`${name}.${part}`).values, [config.hidden_size]),
  );
  return graph.apply("LayerNormalization", [input, weight as string, bias as string], {
    attributes: { axis: -1, epsilon: { float: config.layer_norm_eps } },
    ...(output !== undefined && { output }),
  });
}

function transpose(values: Float32Array, { rows, columns }: { rows: number; columns: number }): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column] as number;
    }
  }
  return turned;
}

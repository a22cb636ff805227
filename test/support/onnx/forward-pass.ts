import type { EncoderConfig, Tensors } from "./bert-encoder.ts";

type Vector = number[];

/**
 * The hidden states of a BERT encoder for one text without padding, worked out in double precision straight from the paper
 * (arXiv 1810.04805; attention by arXiv 1706.03762), one vector a token: what an ONNX model of the same weights must give.
 */
export function encode(request: {
  config: EncoderConfig;
  tensors: Tensors;
  ids: readonly number[];
  segments?: readonly number[];
}): Vector[] {
  const { config, tensors, ids, segments = ids.map(() => 0) } = request;
  const row = (name: string, index: number) => {
    const { values } = tensors(`embeddings.${name}.weight`);
    return Array.from(values.subarray(index * config.hidden_size, (index + 1) * config.hidden_size));
  };
  const dense = (name: string, input: Vector) => {
    const { values, shape } = tensors(`${name}.weight`);
    const [rows = 0, columns = 0] = shape;
    const bias = tensors(`${name}.bias`).values;
    return Array.from({ length: rows }, (_, out) =>
      input.reduce((sum, value, at) => sum + value * itemAt(values, out * columns + at), itemAt(bias, out)),
    );
  };
  const normalize = (name: string, input: Vector) => {
    const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
    const variance = input.reduce((sum, value) => sum + (value - mean) ** 2, 0) / input.length;
    const [weight, bias] = [tensors(`${name}.weight`).values, tensors(`${name}.bias`).values];
    return input.map(
      (value, at) =>
        ((value - mean) / Math.sqrt(variance + config.layer_norm_eps)) * itemAt(weight, at) +
        itemAt(bias, at),
    );
  };
  let hidden = ids.map((id, position) =>
    normalize(
      "embeddings.LayerNorm",
      add(
        add(row("word_embeddings", id), row("token_type_embeddings", segments[position] ?? 0)),
        row("position_embeddings", position),
      ),
    ),
  );
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `encoder.layer.${layer}`;
    const project = (name: string) => hidden.map((token) => dense(`${prefix}.attention.self.${name}`, token));
    const mixed = attend({
      heads: config.num_attention_heads,
      queries: project("query"),
      keys: project("key"),
      values: project("value"),
    });
    hidden = hidden.map((token, at) => {
      const attended = dense(`${prefix}.attention.output.dense`, mixed[at] as Vector);
      const middle = normalize(`${prefix}.attention.output.LayerNorm`, add(attended, token));
      const inner = dense(`${prefix}.intermediate.dense`, middle).map(gelu);
      return normalize(`${prefix}.output.LayerNorm`, add(dense(`${prefix}.output.dense`, inner), middle));
    });
  }
  return hidden;
}

/** The logits that pooler and classifier give the first token. */
export function classify(tensors: Tensors, hidden: readonly Vector[]): Vector {
  const layer = (name: string, input: Vector) => {
    const { values, shape } = tensors(`${name}.weight`);
    const [rows = 0, columns = 0] = shape;
    return Array.from({ length: rows }, (_, out) =>
      input.reduce(
        (sum, value, at) => sum + value * itemAt(values, out * columns + at),
        itemAt(tensors(`${name}.bias`).values, out),
      ),
    );
  };
  return layer("classifier", layer("pooler.dense", hidden[0] as Vector).map(Math.tanh));
}

function attend(request: {
  heads: number;
  queries: readonly Vector[];
  keys: readonly Vector[];
  values: readonly Vector[];
}): Vector[] {
  const { heads, queries, keys, values } = request;
  const width = itemAt(queries, 0).length / heads;
  return queries.map((query) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (vector: Vector) => vector.slice(head * width, (head + 1) * width);
      const shares = softmax(keys.map((key) => dot(part(query), part(key)) / Math.sqrt(width)));
      return values.reduce<Vector>(
        (sum, value, at) =>
          add(
            sum,
            part(value).map((number) => number * itemAt(shares, at)),
          ),
        new Array<number>(width).fill(0),
      );
    }).flat(),
  );
}

function softmax(scores: Vector): Vector {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function gelu(value: number): number {
  return (value / 2) * (1 + erf(value / Math.SQRT2));
}

/** Abramowitz and Stegun 7.1.26; off by at most 1.5e-7. */
function erf(value: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(value));
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(value) * (1 - polynomial * Math.exp(-value * value));
}

function add(one: Vector, other: Vector): Vector {
  return one.map((value, at) => value + itemAt(other, at));
}

function dot(one: Vector, other: Vector): number {
  return one.reduce((sum, value, at) => sum + value * itemAt(other, at), 0);
}

function itemAt<Item>(items: ArrayLike<Item>, index: number): Item {
  return items[index] as Item;
}

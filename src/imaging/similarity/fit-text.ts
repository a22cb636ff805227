import type { FitContent } from "./fit-content.ts";

/** The content as JSON; numbers of a map in base64, 32-bit floats, little endian. Equal contents give equal texts. */
export function writeFit({ schema, algorithm, descriptor, encoders, cases, branches }: FitContent): string {
  return JSON.stringify({
    ...{ schema, algorithm, descriptor },
    encoders: encoders.map(({ id, fingerprint }) => ({ id, fingerprint })),
    cases,
    branches: branches.map((blocks) =>
      blocks.map(({ map, ...block }) => ({
        width: block.width,
        dimension: block.dimension,
        share: block.share,
        cases: block.cases,
        map: map && { mean: toBase64(map.mean), matrix: toBase64(map.matrix) },
      })),
    ),
  });
}

function toBase64(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString("base64");
}

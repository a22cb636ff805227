import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseJson } from "#platform";
import { builtInDescriptor } from "../descriptor/index.ts";
import { createFit, type FittedSimilarity } from "./fit-content.ts";
import { writeFit } from "./fit-text.ts";

const count = z.int().nonnegative();
const floats = z.base64().transform((text, context) => {
  const bytes = Buffer.from(text, "base64");
  const values = Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(at * 4));
  if (bytes.length % 4 !== 0 || !values.every(Number.isFinite)) context.addIssue("no finite numbers");
  return values;
});

const blockSchema = z
  .strictObject({
    width: count,
    dimension: count,
    share: z.number().min(0).max(1),
    cases: count,
    map: z.strictObject({ mean: floats, matrix: floats }).nullable(),
  })
  .refine(({ width, dimension, map }) =>
    map ? map.mean.length === width && map.matrix.length === width * dimension : dimension === width,
  );

const schema = z
  .strictObject({
    schema: z.literal(2),
    algorithm: z.literal(2),
    descriptor: z.literal(builtInDescriptor.preprocessingHash),
    encoders: z.array(z.strictObject({ id: z.string(), fingerprint: z.string() })),
    cases: count,
    branches: z.array(z.array(blockSchema)).min(1).max(2),
  })
  .refine(({ encoders, branches }) => {
    const dimensions = branches.map((blocks) => blocks.map(({ dimension }) => dimension).join());
    return branches.every(
      (blocks, index) =>
        blocks.length === encoders.length + 1 &&
        blocks[0]!.width === builtInDescriptor.dimension &&
        dimensions[index] === dimensions[0],
    );
  });

/** The fit as a text, from which `parseFit` makes the same fit bit for bit. */
export function serializeFit({ content }: FittedSimilarity): string {
  return writeFit(content);
}

/** The fit that a text holds. Throws `library-unreadable` where the text is damaged, or of another version or descriptor. */
export function parseFit(text: string): FittedSimilarity {
  const { data, error } = schema.safeParse(parseJson(text));
  if (data) return createFit(data);
  const message = "How the library compares its cases can't be read.";
  throw new MedRoundsError("library-unreadable", message, { field: error.issues[0]?.path.join(".") ?? "" });
}

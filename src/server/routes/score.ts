import { z } from "zod";
import { itemGrammarSchema, itemSchema } from "#assembly";
import { MedRoundsError } from "#contracts";
import { parseRequest, readContent } from "../request-content.ts";
import type { Route } from "../route.ts";
import { itemsOfColumns } from "../trainers/columns.ts";
import { scoreBatch } from "../trainers/score-batch.ts";

const path = "/v1/score";
const settings = {
  profile: z.string().optional(),
  weights: z.record(z.string(), z.number()).optional(),
  grammar: itemGrammarSchema.optional(),
  offsets: z.enum(["utf-16", "code-points"]).optional(),
};
const columns = z.record(z.string(), z.array(z.unknown()));
/** Items are described here and read one by one, so that one that is not valid fails no other. */
const describedSchema = z.union([
  z.strictObject({ ...settings, items: z.array(itemSchema) }),
  z.strictObject({
    ...settings,
    completions: z.array(itemSchema.shape.completion),
    columns: columns.optional(),
  }),
]);
const requestSchema = z.strictObject({
  ...settings,
  items: z.array(z.unknown()).optional(),
  completions: z.array(z.unknown()).optional(),
  columns: columns.optional(),
});
const replySchema = z.object({
  version: z.string(),
  profile: z.string(),
  config_hash: z.string(),
  items: z.array(
    z.object({
      id: z.string().nullable(),
      total: z.number().nullable(),
      components: z.record(
        z.string(),
        z.object({
          value: z.number().nullable(),
          weight: z.number(),
          applicable: z.boolean(),
          reason: z.string().optional(),
        }),
      ),
      flags: z.array(z.string()),
      reason: z.string().optional(),
    }),
  ),
});

/**
 * Rewards for a batch of completions, in their order. Takes items, or completions with a column for each field as TRL and ms-swift have
 * them. What a model wrote fails nothing; what can't be scored is null and says why.
 */
export const score: Route = {
  method: "post",
  path,
  summary: "Rewards for a batch of completions: a total, its parts, and what is odd about each.",
  request: describedSchema,
  replies: [
    {
      status: 200,
      description: "A score for each item in its place.",
      content: { "application/json": replySchema },
    },
  ],
  errors: ["request-too-large", "server-busy", "reward-profile-unknown"],
  async handle({ req }, server) {
    using content = await readContent(req.raw, server);
    const request = parseRequest(requestSchema, content.value);
    const { items, completions, columns: values, ...batch } = request;
    if ((items === undefined) === (completions === undefined)) {
      throw new MedRoundsError("request-invalid", "A request has either items or completions.");
    }
    const given = items ?? itemsOfColumns(completions ?? [], values ?? {});
    const scored = await scoreBatch({ ...batch, items: given, server, route: path, signal: req.raw.signal });
    return Response.json({
      version: scored.version,
      profile: scored.profile,
      config_hash: scored.configurationHash,
      items: scored.items,
    } satisfies Reply);
  },
};

type Reply = Omit<z.infer<typeof replySchema>, "items"> & { items: readonly unknown[] };

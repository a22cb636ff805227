import { z } from "zod";
import { parseRequest, readContent } from "../request-content.ts";
import type { Route } from "../route.ts";
import { accuracyOf, scoreBatch } from "../trainers/score-batch.ts";
import { withoutEnd } from "../trainers/split-query.ts";

const path = "/verify";
const requestSchema = z.object({
  data_source: z.string().nullish(),
  reward_actor: z.string().nullish(),
  prompt_str: z.string().nullish(),
  response_str: z.string(),
  ground_truth: z.unknown(),
  extra_info: z.record(z.string(), z.unknown()).nullish(),
});
const replySchema = z.object({
  reward: z.number(),
  reason: z.string(),
  acc: z.number(),
  exception: z.string().optional(),
});

/**
 * The dialect of Med-R3's reward server, one completion a request. Its `reward_actor` names code of theirs; here the server's profile
 * scores, whatever the name.
 */
export const verify: Route = {
  method: "post",
  path,
  summary: "The reward of one completion, as Med-R3 asks for it.",
  request: requestSchema,
  replies: [
    {
      status: 200,
      description: "The reward, whether the answer is right, and what the reward is made of.",
      content: { "application/json": replySchema },
    },
  ],
  errors: ["request-too-large", "server-busy"],
  async handle({ req }, server) {
    using content = await readContent(req.raw, server);
    const given = parseRequest(requestSchema, content.value);
    const { prompt_str: question, response_str: response, ground_truth: gold, extra_info: more } = given;
    const item = { question, ...more, id: "0", gold, completion: withoutEnd(response), messages: undefined };
    const { grammar } = server.rewards;
    const scored = await scoreBatch({ items: [item], grammar, server, route: path, signal: req.raw.signal });
    const one = scored.items[0]!;
    const parts = Object.entries(one.components).map(
      ([name, { value, weight }]) => `${name} ${value ?? "–"} × ${weight}`,
    );
    const reason = [`${scored.profile}: ${parts.join(", ")}`, ...one.flags, one.reason ?? ""].filter(Boolean);
    return Response.json({
      reward: one.total ?? 0,
      reason: reason.join("; "),
      acc: accuracyOf(one),
      ...(one.total === null ? { exception: one.reason ?? "No reward applies." } : {}),
    } satisfies z.infer<typeof replySchema>);
  },
};

import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseRequest, readContent } from "../request-content.ts";
import type { Route } from "../route.ts";
import type { ServerContext } from "../server-context.ts";
import { accuracyOf, scoreBatch } from "../trainers/score-batch.ts";
import { completionOf } from "../trainers/split-query.ts";

const path = "/get_reward";
const requestSchema = z.object({
  query: z.array(z.string()),
  prompts: z.array(z.string()).nullish(),
  labels: z.array(z.unknown()).nullish(),
});
const replySchema = z.object({
  rewards: z.array(z.number()),
  scores: z.array(z.number()),
  extra_logs: z.record(z.string(), z.array(z.number())),
});

/**
 * The dialect of OpenRLHF's remote reward models, and of R1-Searcher's, which sends prompt and completion as one text. What is right is
 * the label, else the server's data set says it of the question that stands in the text. Its trainers know no null: what has no reward
 * is 0 and counted in `extra_logs.not_applicable`.
 */
export const getReward: Route = {
  method: "post",
  path,
  summary:
    "Rewards for a batch of texts, prompt and completion in one, as OpenRLHF and R1-Searcher ask for them.",
  request: requestSchema,
  replies: [
    {
      status: 200,
      description: "A reward for each text in its place; scores say whether the answer is right.",
      content: { "application/json": replySchema },
    },
  ],
  errors: ["request-too-large", "server-busy"],
  async handle({ req }, server) {
    using content = await readContent(req.raw, server);
    const request = parseRequest(requestSchema, content.value);
    const { query: texts, prompts, labels } = request;
    for (const [field, values] of Object.entries({ prompts, labels })) {
      if (!values || values.length === texts.length) continue;
      const message = `There are ${texts.length} texts and ${values.length} ${field}.`;
      throw new MedRoundsError("request-invalid", message, { field });
    }
    const items = texts.map((text, index) => {
      const parts = { id: index, text, prompt: prompts?.[index], label: labels?.[index] };
      return itemOf(parts, server);
    });
    const grammar = server.rewards.grammar;
    const scored = await scoreBatch({ items, grammar, server, route: path, signal: req.raw.signal });
    const names = [...new Set(scored.items.flatMap(({ components }) => Object.keys(components)))];
    const logs = names.map((name) => [name, scored.items.map((item) => item.components[name]?.value ?? 0)]);
    return Response.json({
      rewards: scored.items.map(({ total }) => total ?? 0),
      scores: scored.items.map(accuracyOf),
      extra_logs: {
        ...Object.fromEntries(logs),
        not_applicable: scored.items.map(({ total }) => Number(total === null)),
      },
    } satisfies z.infer<typeof replySchema>);
  },
};

function itemOf(
  given: { id: number; text: string; prompt: string | undefined; label: unknown },
  { rewards }: ServerContext,
): Record<string, unknown> {
  const { id, text, prompt, label } = given;
  const known = rewards.questions?.find(prompt ?? text);
  const completion = completionOf(text, {
    from: prompt === undefined ? (known?.end ?? 0) : 0,
    ...(prompt === undefined ? {} : { prompt }),
  });
  return { ...known?.found, ...fieldsOf(label), id, completion };
}

/** A label is what is right; one that is a JSON object has an item's fields. */
function fieldsOf(label: unknown): Record<string, unknown> {
  if (Array.isArray(label)) return { gold: label };
  if (typeof label === "object" && label !== null) return { ...label };
  if (typeof label !== "string" || label.trim() === "") return {};
  if (!label.trimStart().startsWith("{")) return { gold: label };
  try {
    return JSON.parse(label) as Record<string, unknown>;
  } catch {
    return { gold: label };
  }
}

import { z } from "zod";
import { plainConversation } from "../conversation.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { Generation } from "../generation.ts";
import type { Token } from "../tokens.ts";
import { type Door, readBody, sse } from "./door.ts";
import { chatLogprobs, completionLogprobs } from "./openai-logprobs.ts";
import { samplingFields } from "./openai-request.ts";

const bodySchema = z.looseObject({
  ...samplingFields,
  prompt: z.union([z.string(), z.array(z.string()).length(1)]),
  logprobs: z.int().min(0).max(20).nullish(),
  include_stop_str_in_output: z.boolean().optional(),
});

/** `/v1/completions`: the text goes on where the prompt ends. Of a prompt with images in it the mock sees none. */
export function openAiCompletions(dialect: Dialect): Door {
  const measure = (tokens: readonly Token[]) =>
    dialect.listsLogprobs ? completionLogprobs(tokens) : { content: chatLogprobs(tokens, dialect.logprob) };
  return {
    name: "completions",
    path: /^\/v1\/completions$/,
    read({ body }) {
      const completion = readBody(bodySchema, body);
      const text = [completion.prompt].flat().join("");
      return {
        ...plainConversation,
        model: completion.model,
        messages: [{ role: "user", text, images: [] }],
        raw: true,
        stop: [completion.stop ?? []].flat(),
        keepsStop: completion.include_stop_str_in_output === true,
        mostTokens: completion.max_tokens ?? null,
        seed: completion.seed ?? null,
        samples: completion.n ?? 1,
        alternatives: completion.logprobs ?? null,
        continues: true,
        stream: completion.stream ?? false,
        wantsUsage: completion.stream_options?.include_usage ?? false,
      };
    },
    streamType: "text/event-stream",
    *frames(generation, conversation) {
      const identity = { ...identityOf(generation), ...dialect.envelope.completion };
      for (const [index, sample] of generation.samples.entries()) {
        for (const token of sample.tokens) {
          const logprobs = generation.measured ? measure([token]) : null;
          yield sse({ ...identity, choices: [{ index, text: token.token, logprobs, finish_reason: null }] });
        }
        yield sse({ ...identity, choices: [{ index, text: "", logprobs: null, ...dialect.finish(sample) }] });
      }
      if (generation.samples.length === 0) yield sse({ ...identity, choices: [] });
      if (conversation.wantsUsage && generation.usage) {
        yield sse({ ...identity, choices: [], usage: dialect.usage(generation.usage) });
      }
      yield sse("[DONE]");
    },
    whole: (generation) => ({
      ...identityOf(generation),
      ...dialect.envelope.completion,
      choices: generation.samples.map((sample, index) => ({
        index,
        text: sample.tokens.map(({ token }) => token).join(""),
        logprobs: generation.measured ? measure(sample.tokens) : null,
        ...dialect.finish(sample),
      })),
      ...(generation.usage ? { usage: dialect.usage(generation.usage) } : {}),
    }),
    errorFrame: (problem) => `${sse(dialect.problem(problem))}${sse("[DONE]")}`,
    problem: (problem) => ({ status: problem.status, body: dialect.problem(problem) }),
  };
}

function identityOf({ id, created, model }: Generation) {
  return { id: `cmpl-${id}`, object: "text_completion", created, model };
}

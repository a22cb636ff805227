import type { ModelCapabilities } from "../chat.ts";
import type { ChatProvider } from "../providers/chat-provider.ts";
import type { ChatTemplateName } from "../templates.ts";
import type { Ask } from "./probe-reply.ts";
import {
  probeContinuation,
  probeImages,
  probeLogprobs,
  probePlain,
  probeResponseSchema,
  probeStop,
  probeTools,
} from "./probes.ts";

/** Of an endpoint that is not there. */
export const nothingKnown: ModelCapabilities = {
  images: null,
  logprobs: null,
  continuation: null,
  tools: null,
  stop: null,
  responseSchema: null,
};

/** All probes together; a local server may first have to load its model. */
const timeLimitMilliseconds = 60_000;

/**
 * Finds what a model's server does by small requests of made-up text; nothing of a case is in them. What can't be told in a minute, or
 * because the server is busy, is null; `nothingKnown` where not even a plain request is answered. Rejects where `signal` is aborted.
 */
export async function probeCapabilities(request: {
  ask: Ask;
  provider: ChatProvider;
  template: ChatTemplateName | undefined;
  signal: AbortSignal;
}): Promise<ModelCapabilities> {
  const { ask, provider, template } = request;
  const late = AbortSignal.timeout(timeLimitMilliseconds);
  const probe = { ask, signal: AbortSignal.any([request.signal, late]) };
  const within = <Result>(work: Promise<Result>): Promise<Result | null> =>
    work.catch((error: unknown) => {
      request.signal.throwIfAborted();
      if (late.aborted) return null;
      throw error;
    });

  const plain = await within(probePlain(probe));
  if (plain?.type !== "reply") return nothingKnown;
  const raw = provider.completions && template !== undefined ? (["completions"] as const) : [];
  const ways = [...provider.continuations, ...raw];
  const [images, logprobs, continuation, tools, stop, responseSchema] = await Promise.all([
    within(probeImages(probe, plain)),
    within(probeLogprobs(probe)),
    within(probeContinuation(probe, ways)),
    within(probeTools(probe)),
    within(probeStop(probe)),
    within(probeResponseSchema(probe)),
  ]);
  return { images, logprobs, continuation, tools, stop, responseSchema };
}

import type { ChatModel } from "#models";
import type { RecordedReply } from "#training";

type Messages = Parameters<ChatModel["stream"]>[0]["messages"];

/** A chat model for one round, with what it was first sent and all that it replied. */
export type RecordedModel = {
  model: ChatModel;
  /** Empty until the first request. */
  firstMessages(): Messages;
  replies: readonly RecordedReply[];
};

/**
 * The same model, at the temperature that rollouts are drawn at; with `logprobs` it is asked for the log-probability of every token, also
 * where the round does not need them.
 */
export function recordModel(
  model: ChatModel,
  { temperature, logprobs }: { temperature: number; logprobs: boolean },
): RecordedModel {
  const replies: { text: string; tokens: { text: string; logprob: number }[] }[] = [];
  let first: Messages = [];
  return {
    replies,
    firstMessages: () => first,
    model: {
      ...model,
      async *stream(request) {
        if (replies.length === 0) first = request.messages;
        const reply: (typeof replies)[number] = { text: "", tokens: [] };
        replies.push(reply);
        const asked = logprobs ? { logprobs: request.logprobs ?? 0 } : {};
        for await (const delta of model.stream({ ...request, ...asked, temperature })) {
          if (delta.type === "text") reply.text += delta.text;
          if (delta.type === "logprobs") {
            for (const { token, logprob } of delta.tokens) reply.tokens.push({ text: token, logprob });
          }
          yield delta;
        }
      },
    },
  };
}

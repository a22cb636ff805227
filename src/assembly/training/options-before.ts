import type { Option } from "#contracts";
import type { ChatModel } from "#models";
import { askAgain, readOptionProbabilities } from "#reasoning";
import { logProbabilities } from "#training";
import { type Grammar, parseTranscript, readChoice } from "#transcript";

type Request = Parameters<ChatModel["stream"]>[0];
type Token = { token: string; logprob: number; top: readonly { token: string; logprob: number }[] };

/** Room for an answer alone. */
const mostTokens = 64;
/** What every server that tells alternatives tells of them. */
const mostAlternatives = 20;

/**
 * Log-probabilities of the options, normalized over them, in an answer that is demanded before anything is looked up: in the model's own turn
 * behind the opened tag where its server continues one, so that nothing but the answer is drawn. Undefined where the server tells none, or
 * not all of them. Rejects as the model does.
 */
export async function measureOptionsBefore(request: {
  model: ChatModel;
  /** What a round's first request is sent. */
  messages: Request["messages"];
  options: readonly Option[];
  grammar: Grammar;
  seed: number;
  signal: AbortSignal;
}): Promise<Readonly<Record<string, number>> | undefined> {
  const { model, messages, options, grammar, seed, signal } = request;
  const { logprobs, continuation } = await model.capabilities(signal);
  if (options.length < 2 || !logprobs) return undefined;
  const hasImages = messages.some(
    (message) => message.role === "user" && message.parts.some(({ type }) => type === "image"),
  );
  // Raw completions carry no images.
  const continues = continuation !== null && (continuation !== "completions" || !hasImages);
  const { open } = grammar.tags.answer;
  const again = askAgain({ messages, before: open, continues, grammar });
  const { text, tokens } = await readReply(model, {
    ...{ messages: again.messages, continueLast: again.continueLast, seed, signal },
    ...{ stop: grammar.stop, temperature: 0, maxOutputTokens: mostTokens },
    logprobs: Math.min(mostAlternatives, 2 * options.length + 2),
  });
  const answer = findAnswer(text, grammar);
  const choice = readChoice(text.slice(answer.start, answer.end), options)?.label;
  if (choice === undefined) return undefined;
  const read = readOptionProbabilities({ tokens, text, answer, options, choice });
  // A bound is no measurement.
  if (read?.method !== "log-probabilities over the options") return undefined;
  return logProbabilities(
    read.options.map(({ probability }, index) => ({ label: options[index]?.label ?? "", probability })),
  );
}

async function readReply(model: ChatModel, request: Request): Promise<{ text: string; tokens: Token[] }> {
  let text = "";
  const tokens: Token[] = [];
  for await (const delta of model.stream(request)) {
    if (delta.type === "text") text += delta.text;
    if (delta.type === "logprobs") tokens.push(...delta.tokens);
  }
  return { text, tokens };
}

/** Where the answer stands in a reply, which may go on behind the opened tag or open one of its own. */
function findAnswer(text: string, grammar: Grammar): { start: number; end: number } {
  const { open } = grammar.tags.answer;
  const ahead = text.includes(open) ? "" : open;
  const { segments } = parseTranscript({ text: ahead + text, environment: [], grammar: grammar.name });
  const content = segments.findLast(({ kind }) => kind === "answer")?.content ?? text;
  const start = Math.max(0, text.lastIndexOf(content));
  return { start, end: start + content.length };
}

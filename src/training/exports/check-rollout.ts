import { renderForModel } from "#transcript";
import { goldTexts } from "../rewards/gold.ts";
import { goldColumns, solutionOf } from "./gold-columns.ts";
import type { ExportedRollout } from "./rollout-schema.ts";

/** Why a rollout may not be trained on, as a stable word and one sentence. */
export type Refusal = { reason: string; message: string };

/** Strings that an engine would replace by media, wherever they stand (ms-swift's template, verl's `_build_messages`). */
const placeholder = /<(?:image|video|audio|bbox|ref-object)>/;
/** Tokens of chat templates, as `<|im_end|>`: a tokenizer would end a turn where a passage holds one. */
const controlToken = /<\|[A-Za-z][\w-]*\|>/;
/** What an answer follows that was left over from a data set with its answers. */
const statement =
  /\b(?:(?:correct|right|gold)\s+(?:answer|option|choice)\s*(?:is\b|[:=])|answer\s*[:=])[\s("'*]*/gi;
/** Fewer words may stand in any question. */
const fewestGoldWords = 3;

/** What no engine may be given, by the first thing that is wrong; null where all is well. */
export function checkRollout(rollout: ExportedRollout): Refusal | null {
  return checkRoles(rollout) ?? checkImages(rollout) ?? checkTexts(rollout) ?? checkGold(rollout);
}

/** What a row that is learned from needs beside: that the model wrote it to its end. */
export function checkCompletion({ transcript }: ExportedRollout): Refusal | null {
  const turns = renderForModel(transcript, "new-turn");
  if (!turns.some(({ author }) => author === "model")) {
    return { reason: "empty", message: "The model wrote nothing." };
  }
  if (turns.at(-1)?.author === "environment") {
    return { reason: "unfinished", message: "The transcript ends with what the environment wrote." };
  }
  return null;
}

/** What a prompt for reinforcement learning needs beside: something that a reward can compare with. */
export function checkSolution({ question }: ExportedRollout): Refusal | null {
  if (solutionOf(goldColumns(question)) !== "") return null;
  return { reason: "gold-missing", message: "No right answer is known." };
}

function checkRoles({ prompt }: ExportedRollout): Refusal | null {
  const roles = prompt.map(({ role }) => role);
  const isLegal =
    roles.at(-1) === "user" &&
    roles.every((role, index) => role === "user" || (role === "system" && index === 0));
  if (isLegal) return null;
  const message = `A prompt is at most one system message, then messages of the user; this one is ${roles.join(", ") || "empty"}.`;
  return { reason: "roles-illegal", message };
}

function checkImages({ prompt, question }: ExportedRollout): Refusal | null {
  const shown = prompt.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "image" ? [part.image] : [])),
  );
  const wanted = question.images.map((_, index) => index);
  if (shown.toSorted((a, b) => a - b).join() === wanted.join()) return null;
  const message = `The prompt shows ${shown.length} images, the question has ${wanted.length}; each is to be shown once.`;
  return { reason: "placeholders-differ", message };
}

function checkTexts({ prompt, transcript }: ExportedRollout): Refusal | null {
  const written = prompt.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "text" ? [part.text] : [])),
  );
  const turns = renderForModel(transcript, "new-turn").map(({ text }) => text);
  for (const text of [...written, transcript.text, ...turns]) {
    const found = placeholder.exec(text);
    if (found) {
      const message = `A text holds ${found[0]}, which engines take for an image or the like.`;
      return { reason: "placeholder-in-text", message };
    }
    const token = controlToken.exec(text);
    if (token) {
      const message = `A text holds ${token[0]}, which a tokenizer takes for the template's own.`;
      return { reason: "control-token", message };
    }
    if (!text.isWellFormed()) {
      const message = "A text, or one that a span cuts off, holds half of a character.";
      return { reason: "text-broken", message };
    }
  }
  return null;
}

/** Options hold the right answer, as they must; what stands beside them must not say which it is. */
function checkGold(rollout: ExportedRollout): Refusal | null {
  const { prompt, question } = rollout;
  const shown = prompt
    .filter(({ role }) => role === "user")
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === "text" ? [part.text] : [])))
    .join("\n");
  const visible = { reason: "gold-visible", message: "The prompt says what is right." };
  const golds = goldTexts(question).map((text) => text.trim().toLowerCase());
  const lower = shown.toLowerCase();
  for (const found of lower.matchAll(statement)) {
    const said = lower.slice(found.index + found[0].length);
    if (
      [...golds, ...(question.gold.label === undefined ? [] : [question.gold.label.toLowerCase()])].some(
        (gold) => startsWith(said, gold),
      )
    )
      return visible;
  }
  if (question.options.length > 0) return null;
  const isTold = golds.some((gold) => gold.split(/\s+/).length >= fewestGoldWords && lower.includes(gold));
  return isTold ? visible : null;
}

function startsWith(said: string, gold: string): boolean {
  return said.startsWith(gold) && !/^[\p{L}\p{N}]/u.test(said.slice(gold.length));
}

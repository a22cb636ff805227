import { goldColumns, solutionOf } from "../gold-columns.ts";
import type { ExportedCompletion, ExportedPrompt, ExportFacts, TrainingEngine } from "../training-engine.ts";
import { trlRowsModule } from "./trl-rows-module.ts";

type Content = string | ({ type: "text"; text: string } | { type: "image" })[];
type Message = { role: "system" | "user" | "assistant"; content: Content };

/**
 * TRL 1.x (huggingface.co/docs/trl, dataset formats): conversational rows, and the environment's text as spans of characters. TRL itself
 * masks whole messages only, so that a small Python module beside the rows makes token ids and labels of them.
 */
export const trl: TrainingEngine = {
  name: "trl",
  kinds: ["sft", "dpo", "grpo"],
  reservedColumns: [
    ...[
      "prompt",
      "completion",
      "chosen",
      "rejected",
      "messages",
      "images",
      "image",
      "tools",
      "label",
      "text",
    ],
    ...["input_ids", "labels", "attention_mask", "completion_mask", "assistant_masks", "seq_lengths"],
    // Arguments of reward functions that are not columns.
    ...["prompts", "completions", "completion_ids", "trainer_state", "log_extra", "log_metric"],
    ...["environment", "environments"],
  ],
  imagesBeside: true,
  form: () => ({ type: "json-lines" }),
  toRow(row, facts) {
    const { prompt } = row;
    const { qid, ...gold } = goldColumns(prompt.question);
    const images = facts.hasImages ? { images: prompt.images } : {};
    const shown = { prompt: toMessages(prompt, facts), ...images };
    if (row.kind === "grpo") return { ...shown, solution: solutionOf({ qid, ...gold }), qid, ...gold };
    if (row.kind === "sft") {
      const { completion } = row;
      const spans = { environment_spans: environmentSpans(completion) };
      return { ...shown, completion: toTurns(completion, facts), ...spans, qid, rollout: completion.rollout };
    }
    return {
      ...shown,
      chosen: toTurns(row.chosen, facts),
      rejected: toTurns(row.rejected, facts),
      chosen_environment_spans: environmentSpans(row.chosen),
      rejected_environment_spans: environmentSpans(row.rejected),
      ...{ qid, rollout: row.chosen.rollout, rejected_rollout: row.rejected.rollout },
    };
  },
  extraFiles: () => [{ name: "medrounds_rows.py", text: trlRowsModule }],
  guide: ({ kind, hasImages }) => {
    const lines = [
      "`medrounds_rows.py` reads the rows. Spans count Unicode characters of the completion's contents one after another, as Python does; the end is exclusive.",
      "",
    ];
    if (kind === "sft") {
      lines.push(
        "```python",
        "from medrounds_rows import masked, read_rows",
        'rows = [masked(row, tokenizer) for row in read_rows("train.jsonl")]  # input_ids, labels; -100 on prompt and environment',
        "trainer = SFTTrainer(model, train_dataset=Dataset.from_list(rows), processing_class=tokenizer)",
        "```",
      );
      if (hasImages)
        lines.push(
          "",
          "With images, tokenize the prompt with the processor and only the completion with `masked_completion`: TRL's own collator for images has no mask within a completion.",
        );
    }
    if (kind === "dpo") {
      lines.push(
        'Load with `Dataset.from_list(list(read_rows("train.jsonl")))`. **TRL\'s DPOTrainer knows no mask within a completion**: what the environment wrote counts in both log-probabilities. The spans are in the rows for a trainer that masks; ms-swift does.',
      );
    }
    if (kind === "grpo") {
      lines.push(
        'Load with `Dataset.from_list(list(read_rows("train.jsonl")))`. Every column but `prompt` reaches the reward function by name. A `rollout_func` that searches gives `env_mask`: 1 on what the model wrote, 0 on what the environment wrote.',
      );
    }
    return lines.join("\n");
  },
};

/** Contents are lists wherever the export has images, since a column has one type. */
function toMessages({ messages }: ExportedPrompt, { hasImages }: ExportFacts): Message[] {
  return messages.map(({ role, parts }) => ({
    role,
    content: hasImages
      ? parts.map((part) => (part.type === "image" ? { type: "image" } : { type: "text", text: part.text }))
      : parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
  }));
}

function toTurns({ rendering, pieces }: ExportedCompletion, { hasImages }: ExportFacts): Message[] {
  const said = (role: Message["role"], text: string): Message => ({
    role,
    content: hasImages ? [{ type: "text", text }] : text,
  });
  if (rendering === "same-turn") return [said("assistant", pieces.map(({ text }) => text).join(""))];
  return pieces.map(({ author, text }) => said(author === "model" ? "assistant" : "user", text));
}

/** In Unicode characters, which Python counts by, where JavaScript counts UTF-16. */
function environmentSpans({ pieces }: ExportedCompletion): [start: number, end: number][] {
  const spans: [number, number][] = [];
  let position = 0;
  for (const { author, text } of pieces) {
    const end = position + countCharacters(text);
    if (author === "environment") spans.push([position, end]);
    position = end;
  }
  return spans;
}

function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) if ((text.charCodeAt(index) & 0xfc00) === 0xdc00) count--;
  return count;
}

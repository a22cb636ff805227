import { goldColumns, solutionOf } from "../gold-columns.ts";
import type { ExportedCompletion, ExportedPrompt, TrainingEngine } from "../training-engine.ts";

type Message = { role: "system" | "user" | "assistant"; content: string; loss?: boolean };

/**
 * ms-swift (github.com/modelscope/ms-swift) from 4.6: rows of `messages`, where the environment's pieces of an assistant's turn have
 * `loss` false. Its template joins neighboring messages of the assistant without a character between them and keeps the `loss` of
 * each (`Template._swift_prepare_inputs`, read at 4.6.0).
 */
export const msSwift: TrainingEngine = {
  name: "ms-swift",
  kinds: ["sft", "dpo", "grpo"],
  // RowPreprocessor.standard_keys, ResponsePreprocessor and AlpacaPreprocessor at 4.6.0; `solution` alone is kept as it is.
  reservedColumns: [
    ...["messages", "conversation", "conversations", "images", "image", "videos", "video", "audios", "audio"],
    ...["tools", "objects", "rejected_messages", "rejected_images", "rejected_response", "label", "channel"],
    ...[
      "margin",
      "teacher_prompt",
      "teacher_images",
      "chat_template_kwargs",
      "questions",
      "kinds",
      "options",
    ],
    ...["target_probs", "state", "question_ids", "criteria", "system", "system_prompt", "query", "prompt"],
    ...["input", "instruction", "question", "problem", "response", "answer", "output", "targets", "target"],
    ...["answer_key", "answers", "text", "completion", "content", "history", "ref_audios", "audio_codes"],
  ],
  imagesBeside: true,
  form: () => ({ type: "json-lines" }),
  toRow(row) {
    const { prompt } = row;
    const { qid, ...gold } = goldColumns(prompt.question);
    const images = prompt.images.length > 0 ? { images: prompt.images } : {};
    const messages = toMessages(prompt);
    if (row.kind === "grpo")
      return { messages, ...images, solution: solutionOf({ qid, ...gold }), qid, ...gold };
    if (row.kind === "sft") {
      const { completion } = row;
      return { messages: [...messages, ...toTurns(completion)], ...images, qid, rollout: completion.rollout };
    }
    return {
      messages: [...messages, ...toTurns(row.chosen)],
      rejected_messages: [...messages, ...toTurns(row.rejected)],
      ...images,
      // Left out, they are not taken from the chosen side where there are rejected messages.
      ...(prompt.images.length > 0 ? { rejected_images: prompt.images } : {}),
      ...{ qid, rollout: row.chosen.rollout, rejected_rollout: row.rejected.rollout },
    };
  },
  extraFiles: () => [],
  guide: ({ kind, hasImages }) => {
    const commands = {
      sft: "swift sft --model MODEL --dataset train.jsonl --loss_scale default",
      dpo: "swift rlhf --rlhf_type dpo --model MODEL --dataset train.jsonl --loss_scale default",
      grpo: "swift rlhf --rlhf_type grpo --model MODEL --dataset train.jsonl --external_plugins plugin.py --reward_funcs NAME",
    };
    const lines = ["```sh", `${hasImages ? 'ROOT_IMAGE_DIR="$PWD" ' : ""}${commands[kind]}`, "```", ""];
    if (kind !== "grpo") {
      lines.push(
        "Needs ms-swift 4.6 or newer: older versions join the pieces of a turn and train on the environment's text too. `loss` is false on what the environment wrote.",
      );
    } else lines.push("Every column but `messages` and `images` reaches the reward function as a list.");
    if (hasImages) lines.push("Paths of images start at this folder: run it here, or set `ROOT_IMAGE_DIR`.");
    return lines.join("\n");
  },
};

function toMessages({ messages }: ExportedPrompt): Message[] {
  return messages.map(({ role, parts }) => ({
    role,
    content: parts.map((part) => (part.type === "image" ? "<image>" : part.text)).join(""),
  }));
}

function toTurns({ rendering, pieces }: ExportedCompletion): Message[] {
  return pieces.map(({ author, text }) => {
    if (author === "environment" && rendering === "new-turn") return { role: "user", content: text };
    return { role: "assistant", content: text, loss: author === "model" };
  });
}

import { stringify } from "yaml";
import { goldColumns } from "../gold-columns.ts";
import type { ExportedCompletion, ExportedPrompt, TrainingEngine } from "../training-engine.ts";

const messageType = 'STRUCT("role" VARCHAR, "content" VARCHAR)[]';
const rewardType = 'STRUCT("style" VARCHAR, "ground_truth" STRUCT("target" VARCHAR[]))';
const choiceType = 'STRUCT("label" VARCHAR, "text" VARCHAR)[]';
const extraType = `STRUCT("index" BIGINT, "split" VARCHAR, "question" VARCHAR, "qid" VARCHAR, "choices" ${choiceType}, "gold_letter" VARCHAR, "gold_text" VARCHAR, "gold_aliases" VARCHAR[], "gold_entities" VARCHAR[], "gold_sources" VARCHAR[])`;
const imageColumn = { images: "VARCHAR[]" };

/**
 * verl (github.com/verl-project/verl): Parquet whose types are the same in every row, `ground_truth` as Search-R1's `{target: […]}` among
 * them, with the bytes of images inside. Its SFT masks by message, so that a turn which the environment wrote in can't be learned
 * from; it knows no preference pairs.
 */
export const verl: TrainingEngine = {
  name: "verl",
  kinds: ["sft", "grpo"],
  reservedColumns: [
    ...["data_source", "prompt", "images", "videos", "audios", "ability", "reward_model", "extra_info"],
    ...["agent_name", "messages", "tools", "enable_thinking", "raw_prompt", "uid", "index", "data"],
  ],
  imagesBeside: false,
  form: ({ kind, hasImages }) => ({
    type: "parquet",
    columns: {
      ...(kind === "sft"
        ? { messages: messageType, qid: "VARCHAR", rollout: "VARCHAR" }
        : { data_source: "VARCHAR", prompt: messageType, ability: "VARCHAR" }),
      ...(kind === "sft" ? {} : { reward_model: rewardType, extra_info: extraType }),
      ...(hasImages ? imageColumn : {}),
    },
  }),
  refuse({ rendering, pieces }, kind) {
    const isMixed = rendering === "same-turn" && pieces.some(({ author }) => author === "environment");
    if (kind === "grpo" || !isMixed) return null;
    const message = "verl masks whole messages, and the environment wrote within the model's turn.";
    return { reason: "mask-impossible", message };
  },
  toRow(row, { hasImages }) {
    const { prompt } = row;
    const images = hasImages ? { images: prompt.images } : {};
    if (row.kind === "dpo") throw new RangeError("verl has no preference pairs.");
    if (row.kind === "sft") {
      const { completion } = row;
      const messages = [...toMessages(prompt), ...toTurns(completion)];
      return { messages, qid: prompt.question.id, rollout: completion.rollout, ...images };
    }
    const { data_set, question_text, ...gold } = goldColumns(prompt.question);
    const targets = [gold.gold_letter, gold.gold_text, ...gold.gold_aliases];
    return {
      data_source: `medrounds/${data_set}`,
      prompt: toMessages(prompt),
      ability: prompt.images.length > 0 ? "medical-vqa" : "medical-qa",
      reward_model: {
        style: "rule",
        ground_truth: { target: [...new Set(targets.filter((target) => target !== null))] },
      },
      extra_info: { index: prompt.index, split: prompt.split, question: question_text, ...gold },
      ...images,
    };
  },
  extraFiles: ({ kind }) => (kind === "grpo" ? [{ name: "tool_config.yaml", text: toolConfig() }] : []),
  guide: ({ kind }) =>
    kind === "sft"
      ? "`python3 -m verl.trainer.fsdp_sft_trainer data.train_files=train.parquet data.multiturn.enable=true data.multiturn.messages_key=messages`. What the environment wrote are messages of the user, which are not trained on."
      : [
          "`data.train_files=train.parquet data.image_key=images`; `tool_config.yaml` names the search for `actor_rollout_ref.rollout.multi_turn.tool_config_path`: its class is in verl 0.4.1 to 0.7, later versions need a tool of their own (`medrounds train plan` writes one).",
          "",
          'Set `actor_rollout_ref.rollout.multi_turn.max_tool_response_length=6000` or more: it counts characters, and 256 cut passages off. A reward gets `ground_truth` as `{"target": [letter, text, other names]}` and the rest as `extra_info`; `solution_str` holds what tools said, so take it out first.',
        ].join("\n"),
};

function toMessages({ messages }: ExportedPrompt): { role: string; content: string }[] {
  return messages.map(({ role, parts }) => ({
    role,
    content: parts.map((part) => (part.type === "image" ? "<image>" : part.text)).join(""),
  }));
}

function toTurns({ pieces }: ExportedCompletion): { role: string; content: string }[] {
  return pieces.map(({ author, text }) => ({
    role: author === "model" ? "assistant" : "user",
    content: text,
  }));
}

function toolConfig(): string {
  const queries = { type: "array", items: { type: "string" }, description: "What to look up." };
  return stringify({
    tools: [
      {
        class_name: "verl.tools.search_tool.SearchTool",
        config: {
          type: "native",
          retrieval_service_url: "http://127.0.0.1:8000/retrieve",
          ...{ num_workers: 120, rate_limit: 120, timeout: 30, topk: 3 },
        },
        tool_schema: {
          type: "function",
          function: {
            name: "search",
            description: "Searches medical literature and gives passages.",
            parameters: { type: "object", properties: { query_list: queries }, required: ["query_list"] },
          },
        },
      },
    ],
  });
}

import { stringify } from "yaml";
import { divideBatch } from "../sizes/estimate-memory.ts";
import { type PlannedEngine, python, type StageRequest, saveSteps } from "./engine.ts";

/** ms-swift (github.com/modelscope/ms-swift): `swift sft` and `swift rlhf --rlhf_type grpo`, arguments as a YAML file. */
export const msSwiftPlan: PlannedEngine = {
  name: "ms-swift",
  version: "4.6.0",
  packages: ["ms-swift==4.6.0", "trl==0.29.1", "peft==0.20.0", "deepspeed==0.19.8", "vllm==0.24.0"],
  module: "swift",
  sharding: "zero-2",
  refuse: ({ stages }) =>
    stages.some(({ method }) => method === "ppo")
      ? "ms-swift's PPO takes a reward model only, no reward functions; plan PPO for verl."
      : undefined,
  stage(request) {
    const { stage, size, folder, data, before } = request;
    const file = `${folder.replace("stages/", "arguments/")}.yaml`;
    const isLora = size.lora !== undefined;
    const result = `{result:${before}}`;
    const begin =
      before === undefined
        ? ["--model", request.model]
        : isLora
          ? [
              "--model",
              request.model,
              "--adapters",
              result,
              ...(stage.method === "sft" ? [] : ["--ref_adapters", result]),
            ]
          : ["--model", result];
    const program = stage.method === "sft" ? ["sft"] : ["rlhf"];
    return {
      files: [{ path: file, text: stringify(argumentsOf(request)) }],
      stage: {
        command: [python, "-m", "swift.cli.main", ...program, file, ...begin],
        environment: {
          NPROC_PER_NODE: String(size.devices),
          PYTHONPATH: "{folder}/adapters",
          ROOT_IMAGE_DIR: data.train.replace(/[/\\][^/\\]*$/, ""),
          ...(stage.method === "sft" ? {} : { MEDROUNDS_PROFILE: stage.profile }),
        },
        checkpoints: {
          folder: `${folder}/output`,
          prefix: "checkpoint-",
          mark: "trainer_state.json",
          resume: ["--resume_from_checkpoint", "{checkpoint}"],
        },
        result: "{checkpoint}",
      },
    };
  },
  files: () => [],
  notes: [
    "The scheduler keeps one turn going over all searches and gives a loss mask; without it only the last turn would be trained (ms-swift #7838). `stop_words` may leave the closing tag out of the text: the adapter reads queries with and without it.",
    "`rlhf` runs the generator on the trainer's devices (`vllm_mode: colocate`). For a server of its own: `swift rollout --model … --vllm_use_async_engine true --external_plugins adapters/medrounds_plugin.py --multi_turn_scheduler medrounds`, and in the arguments `vllm_mode: server`, its host and port, `vllm_server_pass_dataset: true`.",
    "`metric_for_best_model` stays `loss` for GRPO (ms-swift #9730): take the newest checkpoint, or the one that `medrounds eval run` finds best.",
  ],
};

function argumentsOf({ stage, size, folder, data, stop }: StageRequest): Record<string, unknown> {
  const { lora, devices, samplesAtOnce, generatorShare } = size;
  const { accumulation } = divideBatch(stage, size);
  const shared = {
    dataset: data.train,
    ...(data.validation === undefined ? { split_dataset_ratio: 0 } : { val_dataset: data.validation }),
    tuner_type: lora ? "lora" : "full",
    ...(lora ? { lora_rank: lora.rank, lora_alpha: lora.alpha, target_modules: "all-linear" } : {}),
    torch_dtype: "bfloat16",
    num_train_epochs: stage.epochs,
    learning_rate: stage.learningRate,
    warmup_ratio: stage.warmUpShare,
    per_device_train_batch_size: samplesAtOnce,
    gradient_accumulation_steps: accumulation,
    gradient_checkpointing: true,
    max_length: stage.promptTokens + stage.completionTokens,
    ...(devices > 1 ? { deepspeed: "zero2" } : {}),
    output_dir: `${folder}/output`,
    add_version: false,
    save_steps: saveSteps,
    save_total_limit: 2,
    logging_steps: 1,
    seed: 42,
    report_to: "none",
  };
  if (stage.method === "sft") return { ...shared, loss_scale: "default" };
  return {
    ...shared,
    rlhf_type: "grpo",
    external_plugins: "adapters/medrounds_plugin.py",
    reward_funcs: ["medrounds"],
    ...(stage.searches > 0 ? { multi_turn_scheduler: "medrounds", max_turns: stage.searches + 1 } : {}),
    num_generations: stage.rollouts,
    max_completion_length: stage.completionTokens,
    temperature: stage.temperature,
    beta: stage.divergenceWeight,
    // Σ(mask · loss) ÷ Σ mask over the batch, as Med-RwR.
    loss_type: "bnpo",
    stop_words: stop,
    remove_unused_columns: false,
    use_vllm: true,
    vllm_mode: "colocate",
    vllm_gpu_memory_utilization: generatorShare,
    vllm_max_model_len: stage.promptTokens + stage.completionTokens,
    sleep_level: 1,
    log_completions: true,
  };
}

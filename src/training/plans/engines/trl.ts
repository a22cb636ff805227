import { stringify } from "yaml";
import { divideBatch } from "../sizes/estimate-memory.ts";
import { type PlannedEngine, python, type StageRequest, saveSteps } from "./engine.ts";

/** TRL (huggingface.co/docs/trl): SFTTrainer, and GRPOTrainer with a rollout function, begun by adapters/train.py. */
export const trlPlan: PlannedEngine = {
  name: "trl",
  version: "1.16.0",
  packages: ["trl==1.16.0", "peft==0.21.2", "deepspeed==0.19.8", "vllm==0.31.0"],
  module: "trl",
  sharding: "zero-2",
  refuse: ({ stages }) =>
    stages.some(({ method }) => method === "ppo")
      ? "TRL 1.16 has no PPO trainer any more; plan PPO for verl."
      : undefined,
  stage(request) {
    const { stage, size, folder, before } = request;
    const file = `${folder.replace("stages/", "arguments/")}.json`;
    const launcher =
      size.devices > 1
        ? ["-m", "accelerate.commands.launch", "--config_file", "arguments/accelerate.yaml"]
        : [];
    const begin = before === undefined ? [] : ["--model", `{result:${before}}`];
    return {
      files: [{ path: file, text: `${JSON.stringify(argumentsOf(request), null, 2)}\n` }],
      stage: {
        command: [python, ...launcher, "adapters/train.py", file, ...begin],
        environment: {
          PYTHONPATH: "{folder}/adapters",
          ...(stage.method === "sft" ? {} : { MEDROUNDS_PROFILE: stage.profile }),
        },
        checkpoints: {
          folder: `${folder}/output`,
          prefix: "checkpoint-",
          mark: "trainer_state.json",
          resume: ["--resume", "{checkpoint}"],
        },
        result: `{folder}/${folder}/result`,
      },
    };
  },
  files: ({ size }) =>
    size.devices > 1 ? [{ path: "arguments/accelerate.yaml", text: accelerate(size.devices) }] : [],
  notes: [
    "`rollout_func` is marked experimental by TRL, and the adapter calls two methods of its trainer that are not public: keep the pinned version.",
    "Rollouts are made by vLLM on the trainer's devices; transformers' own generation knows no stop strings here.",
    "With images: `train.py` reads rows whose prompts hold text; give a processor and images yourself, or take ms-swift.",
  ],
};

function argumentsOf({ stage, size, folder, data, model, stop }: StageRequest): Record<string, unknown> {
  const { lora, samplesAtOnce, generatorShare } = size;
  const shared = {
    output_dir: `${folder}/output`,
    num_train_epochs: stage.epochs,
    learning_rate: stage.learningRate,
    // A share of all steps where it is below 1.
    warmup_steps: stage.warmUpShare,
    per_device_train_batch_size: samplesAtOnce,
    gradient_accumulation_steps: divideBatch(stage, size).accumulation,
    gradient_checkpointing: true,
    bf16: true,
    save_steps: saveSteps,
    save_total_limit: 2,
    logging_steps: 1,
    seed: 42,
    report_to: "none",
  };
  const training =
    stage.method === "sft"
      ? { ...shared, max_length: stage.promptTokens + stage.completionTokens, packing: false }
      : {
          ...shared,
          num_generations: stage.rollouts,
          max_completion_length: stage.completionTokens,
          temperature: stage.temperature,
          beta: stage.divergenceWeight,
          // Σ(mask · loss) ÷ Σ mask over the batch, as Med-RwR.
          loss_type: "bnpo",
          remove_unused_columns: false,
          use_vllm: true,
          vllm_mode: "colocate",
          vllm_gpu_memory_utilization: generatorShare,
          vllm_max_model_length: stage.promptTokens + stage.completionTokens,
          vllm_enable_sleep_mode: true,
          generation_kwargs: { stop, include_stop_str_in_output: true },
          log_completions: true,
        };
  return {
    method: stage.method,
    model,
    data: data.train,
    searches: stage.method === "sft" ? 0 : stage.searches,
    lora: lora ? { r: lora.rank, lora_alpha: lora.alpha } : null,
    result: `${folder}/result`,
    training,
  };
}

function accelerate(devices: number): string {
  return stringify({
    compute_environment: "LOCAL_MACHINE",
    distributed_type: "DEEPSPEED",
    deepspeed_config: { zero_stage: 2, zero3_init_flag: false, gradient_accumulation_steps: "auto" },
    mixed_precision: "bf16",
    num_machines: 1,
    num_processes: devices,
  });
}

import { stringify } from "yaml";
import { type PlannedEngine, python, type StageRequest, saveSteps } from "./engine.ts";

type Values = Readonly<Record<string, string | number | boolean>>;

/** verl (github.com/verl-project/verl) from 0.8, whose rewards are configured at `reward.*`: SFT, GRPO and PPO by Hydra's overrides. */
export const verlPlan: PlannedEngine = {
  name: "verl",
  version: "0.9.1",
  packages: ["verl[vllm]==0.9.1"],
  module: "verl",
  sharding: "zero-3",
  refuse: ({ stages, size }) =>
    size.lora && stages.length > 1
      ? "verl's checkpoints of adapters can't begin the next stage; plan the stages for ms-swift, or without adapters."
      : undefined,
  stage(request) {
    const { stage, size, folder, before, model } = request;
    const begin = before === undefined ? model : `{result:${before}}`;
    const isSft = stage.method === "sft";
    const values = isSft ? supervised(request, begin) : reinforced(request, begin);
    const program = isSft
      ? ["-m", "torch.distributed.run", `--nproc_per_node=${size.devices}`, "-m", "verl.trainer.sft_trainer"]
      : ["-m", "verl.trainer.main_ppo"];
    const path = `${folder.replace("stages/", "arguments/")}.txt`;
    const overrides = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    return {
      files: [{ path, text: `${overrides.join("\n")}\n` }],
      stage: {
        command: [python, ...program, ...overrides],
        environment: {
          PYTHONPATH: "{folder}/adapters",
          ...(isSft ? {} : { MEDROUNDS_PROFILE: stage.profile }),
        },
        // It goes on with its newest checkpoint by itself (resume_mode=auto).
        checkpoints: { folder: `${folder}/output`, prefix: "global_step_", resume: [] },
        result: isSft ? "{checkpoint}/huggingface" : "{checkpoint}/actor/huggingface",
      },
    };
  },
  files: () => [
    {
      path: "arguments/agent-loop.yaml",
      text: stringify([{ name: "medrounds_agent", _target_: "medrounds_verl.MedRoundsAgentLoop" }]),
    },
  ],
  notes: [
    "The agent loop works on token ids: what the model wrote is never tokenized again, which breaks convergence.",
    "For a model that searches by function calls: `actor_rollout_ref.rollout.multi_turn.function_tool_path=adapters/medrounds_tool.py` and `actor_rollout_ref.rollout.agent.default_agent_loop=tool_agent`. `max_tool_response_length` counts characters; it is 6000 here, since 256 cuts passages off (verl #4918).",
    "Its SFT masks whole messages: `train export` keeps apart what the environment wrote within a turn, so make rollouts for it with a recipe whose searches come as turns of their own, or begin with ms-swift.",
    "verl takes no null for a reward: what does not apply is 0, and `applicable` is 0 in its metrics.",
    "arguments/*.txt show the overrides one a line; what runs stands in plan.json.",
  ],
};

function supervised({ stage, size, folder, data }: StageRequest, model: string): Values {
  return {
    "data.train_files": data.train,
    ...(data.validation === undefined ? {} : { "data.val_files": data.validation }),
    "data.messages_key": "messages",
    "data.train_batch_size": stage.method === "sft" ? stage.samplesPerStep : 1,
    "data.micro_batch_size_per_gpu": size.samplesAtOnce,
    "data.max_length": stage.promptTokens + stage.completionTokens,
    "data.ignore_input_ids_mismatch": true,
    "model.path": model,
    ...(size.lora ? { "model.lora_rank": size.lora.rank, "model.lora_alpha": size.lora.alpha } : {}),
    "optim.lr": stage.learningRate,
    "optim.lr_warmup_steps_ratio": stage.warmUpShare,
    "checkpoint.save_contents": "[model,optimizer,extra,hf_model]",
    ...trainerValues({ stage, size, folder }),
  };
}

function reinforced({ stage, size, folder, data }: StageRequest, model: string): Values {
  if (stage.method === "sft") throw new RangeError("Supervised learning has no rollouts.");
  const { lora, devices, samplesAtOnce, generatorShare } = size;
  const actor = "actor_rollout_ref.actor";
  const rollout = "actor_rollout_ref.rollout";
  const isPpo = stage.method === "ppo";
  return {
    "algorithm.adv_estimator": isPpo ? "gae" : "grpo",
    "data.train_files": data.train,
    "data.val_files": data.validation ?? data.train,
    "data.train_batch_size": stage.promptsPerStep,
    "data.max_prompt_length": stage.promptTokens,
    "data.max_response_length": stage.completionTokens,
    "data.return_raw_chat": true,
    "data.filter_overlong_prompts": true,
    "actor_rollout_ref.model.path": model,
    "actor_rollout_ref.model.enable_gradient_checkpointing": true,
    ...(lora
      ? { "actor_rollout_ref.model.lora_rank": lora.rank, "actor_rollout_ref.model.lora_alpha": lora.alpha }
      : {}),
    [`${actor}.optim.lr`]: stage.learningRate,
    [`${actor}.optim.lr_warmup_steps_ratio`]: stage.warmUpShare,
    [`${actor}.ppo_mini_batch_size`]: stage.promptsPerStep,
    [`${actor}.ppo_micro_batch_size_per_gpu`]: samplesAtOnce,
    [`${actor}.use_kl_loss`]: true,
    [`${actor}.kl_loss_coef`]: stage.divergenceWeight,
    [`${actor}.kl_loss_type`]: "low_var_kl",
    [`${actor}.loss_agg_mode`]: "token-mean",
    [`${actor}.checkpoint.save_contents`]: "[model,optimizer,extra,hf_model]",
    "actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu": samplesAtOnce,
    [`${rollout}.name`]: "vllm",
    [`${rollout}.mode`]: "async",
    [`${rollout}.n`]: stage.rollouts,
    [`${rollout}.temperature`]: stage.temperature,
    [`${rollout}.tensor_model_parallel_size`]: 1,
    [`${rollout}.gpu_memory_utilization`]: generatorShare,
    [`${rollout}.log_prob_micro_batch_size_per_gpu`]: samplesAtOnce,
    ...(lora ? { [`${rollout}.load_format`]: "safetensors" } : {}),
    [`${rollout}.agent.num_workers`]: devices,
    ...(stage.searches > 0
      ? {
          [`${rollout}.agent.default_agent_loop`]: "medrounds_agent",
          [`${rollout}.agent.agent_loop_config_path`]: "{folder}/arguments/agent-loop.yaml",
        }
      : {}),
    [`${rollout}.multi_turn.max_tool_response_length`]: 6000,
    ...(isPpo
      ? {
          "critic.model.path": model,
          "critic.optim.lr": 1e-5,
          "critic.ppo_micro_batch_size_per_gpu": samplesAtOnce,
          "critic.model.enable_gradient_checkpointing": true,
        }
      : {}),
    "reward.custom_reward_function.path": "{folder}/adapters/medrounds_verl.py",
    "reward.custom_reward_function.name": "compute_score",
    "trainer.val_before_train": false,
    "trainer.test_freq": data.validation === undefined ? -1 : 50,
    ...trainerValues({ stage, size, folder }),
  };
}

function trainerValues({ stage, size, folder }: Pick<StageRequest, "stage" | "size" | "folder">): Values {
  return {
    "trainer.n_gpus_per_node": size.devices,
    "trainer.nnodes": 1,
    "trainer.total_epochs": stage.epochs,
    "trainer.save_freq": saveSteps,
    "trainer.logger": "[console]",
    "trainer.project_name": "medrounds",
    "trainer.experiment_name": stage.name,
    "trainer.default_local_dir": `{folder}/${folder}/output`,
    "trainer.resume_mode": "auto",
  };
}

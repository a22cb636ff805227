"""Fits the arguments of a plan to a small model on a processor. python fit_arguments.py ARGUMENTS.json MODEL RESULT NAME=VALUE …"""

import json
import sys
from pathlib import Path

file, model, result, *changes = sys.argv[1:]
stage = json.loads(Path(file).read_text(encoding="utf-8"))
stage |= {"model": model, "lora": None, "result": result}
training = {name: value for name, value in stage["training"].items() if not name.startswith("vllm")}
training |= {"bf16": False, "use_cpu": True, "gradient_checkpointing": False, "output_dir": f"{result}-output",
             "warmup_steps": 5, "gradient_accumulation_steps": 1, "save_strategy": "no", "disable_tqdm": True}
if stage["method"] == "sft":
    training |= {"max_length": 512, "learning_rate": 1e-3, "num_train_epochs": 1, "per_device_train_batch_size": 16}
else:
    # A reply ends at the tokens that the model's generation_config names, where vLLM stops at strings.
    training |= {"use_vllm": False, "generation_kwargs": {}, "max_completion_length": 128, "num_generations": 8,
                 "per_device_train_batch_size": 64, "learning_rate": 2e-4, "beta": 0.0, "max_steps": 60, "log_completions": False}
for change in changes:
    name, value = change.split("=", 1)
    (stage if name in stage else training)[name] = json.loads(value)
stage["training"] = training
Path(f"{result}.json").write_text(json.dumps(stage, indent=2), encoding="utf-8")

"""Runs one stage with TRL: python train.py ARGUMENTS.json [--model DIR] [--resume CHECKPOINT]."""

import argparse
import json
import sys
from pathlib import Path

from datasets import Dataset
from transformers import AutoTokenizer

parser = argparse.ArgumentParser()
parser.add_argument("arguments")
parser.add_argument("--model")
parser.add_argument("--resume")
given = parser.parse_args()
stage = json.loads(Path(given.arguments).read_text(encoding="utf-8"))
model = given.model or stage["model"]
sys.path.insert(0, str(Path(stage["data"]).parent))
from medrounds_rows import masked, read_rows  # noqa: E402

peft = None
if stage["lora"]:
    from peft import LoraConfig

    peft = LoraConfig(task_type="CAUSAL_LM", target_modules="all-linear", **stage["lora"])
rows = list(read_rows(stage["data"]))
if stage["method"] == "sft":
    from trl import SFTConfig, SFTTrainer

    tokenizer = AutoTokenizer.from_pretrained(model)
    data = Dataset.from_list([masked(row, tokenizer) for row in rows])
    trainer = SFTTrainer(model, args=SFTConfig(**stage["training"]), train_dataset=data,
                         processing_class=tokenizer, peft_config=peft)
else:
    from medrounds_trl import medrounds, rollout
    from trl import GRPOConfig, GRPOTrainer

    trainer = GRPOTrainer(model, reward_funcs=medrounds, args=GRPOConfig(**stage["training"]),
                          train_dataset=Dataset.from_list(rows), peft_config=peft,
                          rollout_func=rollout if stage["searches"] else None)
trainer.train(resume_from_checkpoint=given.resume)
if peft is None:
    trainer.save_model(stage["result"])
elif trainer.accelerator.is_main_process:
    trainer.accelerator.unwrap_model(trainer.model).merge_and_unload().save_pretrained(stage["result"])
trainer.processing_class.save_pretrained(stage["result"])

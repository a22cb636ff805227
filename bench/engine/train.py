"""Runs a plan's own train.py, keeps what it logged, and for the ablation lets what the environment wrote be trained on.

python train.py PLAN ARGUMENTS.json LOG.jsonl [--without-mask]
"""

import json
import runpy
import sys
from pathlib import Path

from transformers import TrainerCallback
import transformers.trainer

plan, arguments, log, *flags = sys.argv[1:]
sys.path.insert(0, str(Path(plan) / "adapters"))


class Keep(TrainerCallback):
    def on_log(self, args, state, control, logs=None, **_):
        with open(log, "a", encoding="utf-8") as lines:
            lines.write(json.dumps({"step": state.global_step, **(logs or {})}) + "\n")


transformers.trainer.DEFAULT_CALLBACKS.append(Keep)
if "--without-mask" in flags:
    import medrounds_trl

    masked = medrounds_trl.rollout

    def rollout(prompts, trainer):
        made = masked(prompts, trainer)
        return {name: value for name, value in made.items() if name != "env_mask"}

    medrounds_trl.rollout = rollout
sys.argv = ["train.py", arguments]
runpy.run_path(str(Path(plan) / "adapters" / "train.py"), run_name="__main__")

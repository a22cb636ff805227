"""Reward and multi-turn scheduler for ms-swift, from 4 on and before: --external_plugins adapters/medrounds_plugin.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from medrounds_client import environment, query_of, scores  # noqa: E402

try:
    from swift.rewards import ORM, orms
    from swift.rollout.multi_turn import MultiTurnScheduler, multi_turns
except ImportError:
    from swift.plugin import ORM, orms
    from swift.plugin.multi_turn import MultiTurnScheduler, multi_turns


class MedRoundsReward(ORM):
    def __init__(self, args=None, **kwargs):
        pass

    def __call__(self, completions, **columns):
        infos = columns.get("rollout_infos") or [{}] * len(completions)
        return scores(completions, {**columns, "retrieved": [(info or {}).get("retrieved") or [] for info in infos]})


class MedRoundsScheduler(MultiTurnScheduler):
    """Each search is a continuation of the same turn; what was found is not trained on."""

    def check_finished(self, infer_request, response_choice, current_turn):
        asks = query_of(response_choice.message.content) is not None
        return not asks or super().check_finished(infer_request, response_choice, current_turn)

    def own_tokens(self, infer_request, response_choice, current_turn):
        if hasattr(self, "get_response_token_data"):  # From 4.6 on: with the template's own beginning of a turn, masked.
            return self.get_response_token_data(infer_request, response_choice, is_continuation=current_turn > 1)
        return list(response_choice.token_ids), [1] * len(response_choice.token_ids)

    def step(self, infer_request, response_choice, current_turn):
        said = response_choice.message.content
        found = infer_request.data_dict.setdefault("medrounds_retrieved", [])
        number = 1 + sum(len(search["documents"]) for search in found)
        written, search = environment(said, query_of(said), number)
        found.append(search)
        infer_request.messages[-1]["content"] += written
        own, mask = self.own_tokens(infer_request, response_choice, current_turn)
        added = self.tokenizer.encode(written, add_special_tokens=False)
        return {
            "infer_request": infer_request,
            "response_token_ids": own + added,
            "response_loss_mask": mask + [0] * len(added),
            "rollout_infos": {"retrieved": list(found)},
        }


orms["medrounds"] = MedRoundsReward
multi_turns["medrounds"] = MedRoundsScheduler

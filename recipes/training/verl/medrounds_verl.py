"""Reward (verl from 0.8 on: reward.custom_reward_function.path) and agent loop (0.9: rollout.agent.agent_loop_config_path)."""

import asyncio
import sys
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent))
from medrounds_client import SETTINGS, TAGS, environment, query_of, scores  # noqa: E402

try:
    from verl.experimental.agent_loop.agent_loop import AgentLoopBase, AgentLoopOutput
except ImportError:  # Where the reward alone is loaded, verl's loop need not be there.
    AgentLoopBase, AgentLoopOutput = object, dict


async def compute_score(data_source, solution_str, ground_truth, extra_info=None, **kwargs):
    """verl takes no None: what does not apply is worth 0, and says so."""
    known = extra_info or {}
    gold = ground_truth.get("target") if isinstance(ground_truth, dict) else ground_truth
    columns = {**known, "question_text": known.get("question"), "gold": gold}
    given = {name: [value] for name, value in columns.items() if value is not None}
    total = (await asyncio.to_thread(scores, [solution_str], given))[0]
    return {"score": 0.0 if total is None else total, "applicable": float(total is not None)}


class MedRoundsAgentLoop(AgentLoopBase):
    """Token in, token out: each search continues the same turn, and what was found has mask 0."""

    async def run(self, sampling_params, **row):
        messages = list(row["raw_prompt"])
        media = await self.process_multi_modal_info(messages)
        images = media.get("images")
        prompt_ids = list(await self.ct_build_initial_tokens(messages, images=images))
        limit = self.rollout_config.response_length
        stops = {"stop": [TAGS["query"]["close"], TAGS["answer"]["close"]], "include_stop_str_in_output": True}
        ids, mask, found, number = [], [], [], 1
        for turn in range(SETTINGS["searches"] + 1):
            output = await self.server_manager.generate(request_id=uuid4().hex, prompt_ids=prompt_ids + ids,
                                                        sampling_params={**sampling_params, **stops}, image_data=images)
            ids, mask = ids + list(output.token_ids), mask + [1] * len(output.token_ids)
            said = self.tokenizer.decode(output.token_ids, skip_special_tokens=True)
            query = query_of(said)
            if query is None or turn == SETTINGS["searches"] or len(ids) >= limit:
                break
            written, search = await asyncio.to_thread(environment, said, query, number)
            number += len(search["documents"])
            added = self.tokenizer.encode(written, add_special_tokens=False)
            ids, mask, found = ids + added, mask + [0] * len(added), [*found, search]
        extra = {"retrieved": found, "turn_scores": [], "tool_rewards": []}
        return AgentLoopOutput(prompt_ids=prompt_ids, response_ids=ids[:limit], response_mask=mask[:limit],
                               multi_modal_data=media, num_turns=2 + 2 * len(found), metrics={}, extra_fields=extra)

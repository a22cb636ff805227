"""Reward function and rollout function for TRL's GRPOTrainer."""

from medrounds_client import SETTINGS, environment, query_of, scores


def text_of(completion):
    """TRL gives a text, or a list of messages where the prompt is one."""
    if isinstance(completion, str):
        return completion
    contents = [message["content"] for message in completion]
    return "".join(part if isinstance(part, str) else "".join(piece.get("text") or "" for piece in part) for part in contents)


def medrounds(*, completions, **columns):
    return scores([text_of(completion) for completion in completions], columns)


def rollout(prompts, trainer):
    """Lets the model search until it asks nothing more; `env_mask` is 0 on what was found."""
    prompt_ids, images, fields = trainer._tokenize_prompts(prompts)
    tokenizer = getattr(trainer.processing_class, "tokenizer", trainer.processing_class)
    limit = trainer.args.max_completion_length
    states = [{"ids": [], "mask": [], "logprobs": [], "found": []} for _ in prompts]
    asking = list(range(len(prompts)))
    for turn in range(SETTINGS["searches"] + 1):
        shown = [prompt_ids[at] + states[at]["ids"] for at in asking]
        seen = None if images is None else [images[at] for at in asking]
        new_ids, logprobs = trainer._generate_single_turn(shown, seen, fields, 1)
        still = []
        for place, at in enumerate(asking):
            state, ids = states[at], list(new_ids[place])
            state["ids"] += ids
            state["mask"] += [1] * len(ids)
            state["logprobs"] += list(logprobs[place]) if logprobs else [0.0] * len(ids)
            said = tokenizer.decode(ids, skip_special_tokens=True)
            query = query_of(said)
            if query is None or turn == SETTINGS["searches"] or len(state["ids"]) >= limit:
                continue
            number = 1 + sum(len(search["documents"]) for search in state["found"])
            written, search = environment(said, query, number)
            added = tokenizer.encode(written, add_special_tokens=False)
            state["found"].append(search)
            state["ids"] += added
            state["mask"] += [0] * len(added)
            state["logprobs"] += [0.0] * len(added)
            if len(state["ids"]) < limit:
                still.append(at)
        asking = still
        if not asking:
            break
    cut = {key: [state[key][:limit] for state in states] for key in ("ids", "mask", "logprobs")}
    known = {"env_mask": cut["mask"], "retrieved": [state["found"] for state in states]}
    # Without log-probabilities of its generation TRL computes them itself.
    own = cut["logprobs"] if trainer.use_vllm else None
    return {"prompt_ids": prompt_ids, "completion_ids": cut["ids"], "logprobs": own, **known}

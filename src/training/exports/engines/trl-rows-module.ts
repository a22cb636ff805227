/** Reads the rows and makes masks of their spans, in Python; holds nothing that is decided elsewhere. */
export const trlRowsModule = `"""Rows exported by MedRounds, for TRL: paths of images made whole, and labels that leave out what the environment wrote."""

import json
from pathlib import Path


def read_rows(file):
    folder = Path(file).resolve().parent
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "images" in row:
                row["images"] = [str(folder / image) for image in row["images"]]
            yield row


def text_of(message):
    content = message["content"]
    return content if isinstance(content, str) else "".join(part.get("text") or "" for part in content)


def completion_pieces(row, tokenizer, side="completion", spans="environment_spans"):
    """(text, trained?) of what the template writes behind the prompt."""
    prompt = tokenizer.apply_chat_template(row["prompt"], add_generation_prompt=True, tokenize=False)
    whole = tokenizer.apply_chat_template(row["prompt"] + row[side], tokenize=False)
    if not whole.startswith(prompt):
        raise ValueError("The chat template does not keep the prompt as a prefix.")
    rest, at, counted, trained = whole[len(prompt):], 0, 0, []
    for message in row[side]:
        text = text_of(message)
        start = rest.find(text, at)
        if start < 0:
            raise ValueError("The chat template changes the text, as those that drop earlier thoughts do.")
        at = start + len(text)
        if message["role"] == "assistant":
            own = [(start + max(a - counted, 0), start + min(b - counted, len(text)))
                   for a, b in row[spans] if a < counted + len(text) and b > counted]
            ends = at + len(tokenizer.eos_token) if rest.startswith(tokenizer.eos_token, at) else at
            trained.append((start, ends, own))
        counted += len(text)
    return rest, trained


def masked_completion(row, tokenizer, side="completion", spans="environment_spans"):
    rest, trained = completion_pieces(row, tokenizer, side, spans)
    coded = tokenizer(rest, add_special_tokens=False, return_offsets_mapping=True)
    keep = [any(a <= start and end <= b and not any(start < y and end > x for x, y in own) for a, b, own in trained)
            for start, end in coded["offset_mapping"]]
    return coded["input_ids"], [token if kept else -100 for token, kept in zip(coded["input_ids"], keep)]


def masked(row, tokenizer):
    """{"input_ids", "labels"}; a token that the environment wrote a part of is not trained on."""
    prompt = tokenizer.apply_chat_template(row["prompt"], add_generation_prompt=True, tokenize=False)
    before = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    ids, labels = masked_completion(row, tokenizer)
    return {"input_ids": before + ids, "labels": [-100] * len(before) + labels}
`;

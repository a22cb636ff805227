"""A small language model from scratch, on reading: plain notes and questions about them, each with facts of its own. Writes model and tokenizer.

python pretrain.py FOLDER [--steps N]. It learns no tags, and no fact, since every text draws its facts anew.
"""

import argparse
import math
import random
import time

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from world import DISEASES, DRUGS, asked, options_of, shown, told

TAGS = [f"<{close}{name}>" for name in ("think", "query", "retrieve", "answer") for close in ("", "/")]
# The system's text is longer than all that this model can read, and it follows none.
TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'user' %}{{ message['content'] }}\n{% endif %}"
    "{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] }}{% if not (continue_final_message and loop.last) %}"
    "{{ eos_token }}{% endif %}{% endgeneration %}{% endif %}{% endfor %}"
)


def draw_text(drawn):
    """Pieces of (text, whether it can be known from what stands before it): notes, and a question about them."""
    facts = list(zip(drawn.sample(DISEASES, 2), drawn.sample(DRUGS, 2)))
    documents = facts[: drawn.choice([1, 1, 1, 2])]
    disease, drug = drawn.choice(documents)
    options = options_of(drawn, drug)
    said_again = drawn.sample([*options, disease], 5)
    pieces = [(shown(documents) + "\n", False), (asked(disease, options) + "\n", False)]
    drawn.shuffle(pieces)
    return [*pieces, ("\n".join([*told(disease, drug), f"It names {' and '.join(said_again)}."]) + "\n", True)]


def train_tokenizer():
    drawn = random.Random(3)
    texts = ["".join(text for text, _ in draw_text(drawn)) for _ in range(4000)]
    texts += ["I look it up: the treatment of it. I think that it is so. I guess it."] * 50
    coder = Tokenizer(models.BPE())
    coder.pre_tokenizer, coder.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    special = ["<pad>", "<eos>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    coder.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=1500, special_tokens=special, initial_alphabet=alphabet))
    # Not "special", so that decoding keeps them.
    coder.add_tokens([AddedToken(tag, normalized=False, special=False) for tag in TAGS])
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=coder, pad_token="<pad>", eos_token="<eos>", padding_side="left")
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--hidden", type=int, default=96)
    parser.add_argument("--layers", type=int, default=3)
    given = parser.parse_args()
    torch.manual_seed(1)
    drawn, tokenizer = random.Random(2), train_tokenizer()
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=given.hidden, intermediate_size=3 * given.hidden, num_hidden_layers=given.layers,
        num_attention_heads=given.hidden // 32, max_position_embeddings=512, tie_word_embeddings=True, initializer_range=0.06,
        pad_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id, bos_token_id=None))
    print(f"{sum(weight.numel() for weight in model.parameters()):,} weights", flush=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01, betas=(0.9, 0.98))
    begun = time.time()
    for step in range(given.steps):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * min(1, (step + 1) / 100) * max(0.05, 0.5 * (1 + math.cos(math.pi * step / given.steps)))
        rows = []
        for _ in range(48):
            ids, labels = [], []
            for text, known in draw_text(drawn):
                added = tokenizer.encode(text, add_special_tokens=False)
                ids, labels = ids + added, labels + (added if known else [-100] * len(added))
            rows.append((ids + [tokenizer.eos_token_id], labels + [tokenizer.eos_token_id]))
        longest = max(len(ids) for ids, _ in rows)
        ids = torch.tensor([ids + [tokenizer.pad_token_id] * (longest - len(ids)) for ids, _ in rows])
        labels = torch.tensor([labels + [-100] * (longest - len(labels)) for _, labels in rows])
        out = model(input_ids=ids, attention_mask=(ids != tokenizer.pad_token_id).long(), labels=labels)
        out.loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 50 == 49:
            known = labels[:, 1:] != -100
            right = (out.logits[:, :-1].argmax(-1) == labels[:, 1:])[known].float().mean()
            print(f"step {step + 1} loss {out.loss.item():.4f} right {right:.4f} {time.time() - begun:.0f} s", flush=True)
            save(model, tokenizer, given.folder)
    save(model, tokenizer, given.folder)


def save(model, tokenizer, folder):
    """A reply ends behind its query or its answer."""
    ends = [tokenizer.eos_token_id, tokenizer.convert_tokens_to_ids("</query>")]
    model.generation_config = GenerationConfig(eos_token_id=ends, pad_token_id=tokenizer.pad_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    main()

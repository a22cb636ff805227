"""Serves a model's folder behind the endpoint. python serve.py FOLDER PORT NAME. Requests that wait are decoded together."""

import queue
import sys
import threading

import torch
from endpoint import cut_at, serve, text_of
from transformers import AutoModelForCausalLM, AutoTokenizer

MOST_AT_ONCE = 64


class Job:
    def __init__(self, ids, body):
        self.ids, self.stops, self.temperature = ids, body.get("stop") or [], body.get("temperature", 1.0)
        self.most = min(body.get("max_tokens") or body.get("max_completion_tokens") or 160, 160)
        self.top = body.get("top_logprobs") or 0 if body.get("logprobs") else 0
        self.drawn = torch.Generator().manual_seed(body.get("seed") or 0)
        self.text, self.tokens, self.finish, self.done = "", [], None, threading.Event()


@torch.no_grad()
def decode(model, tokenizer, jobs):
    longest = max(len(job.ids) for job in jobs)
    ids = torch.tensor([[tokenizer.pad_token_id] * (longest - len(job.ids)) + job.ids for job in jobs])
    mask = torch.tensor([[0] * (longest - len(job.ids)) + [1] * len(job.ids) for job in jobs])
    past, written = None, [[] for _ in jobs]
    while any(job.finish is None for job in jobs):
        places = (mask.cumsum(1) - 1).clamp(min=0)[:, -ids.shape[1]:]
        out = model(input_ids=ids, attention_mask=mask, position_ids=places, past_key_values=past, use_cache=True)
        past, scores = out.past_key_values, torch.log_softmax(out.logits[:, -1].float(), -1)
        following = []
        for job, row, own in zip(jobs, scores, written):
            if job.finish:
                following.append(tokenizer.pad_token_id)
                continue
            drawn = torch.multinomial((row / job.temperature).softmax(-1), 1, generator=job.drawn) if job.temperature else row.argmax()
            token = int(drawn)
            following.append(token)
            if token == tokenizer.eos_token_id:
                job.finish = "stop"
                continue
            own.append(token)
            best = [{"token": tokenizer.decode([at]), "logprob": float(row[at])} for at in row.topk(job.top).indices.tolist()] if job.top else []
            job.tokens.append({"token": tokenizer.decode([token]), "logprob": float(row[token]), "top_logprobs": best})
            job.text, stopped = cut_at(tokenizer.decode(own), job.stops)
            job.finish = "stop" if stopped else "length" if len(own) >= job.most else None
        ids = torch.tensor(following)[:, None]
        mask = torch.cat([mask, torch.ones_like(ids)], 1)
    for job in jobs:
        job.done.set()


def main():
    folder, port, name = sys.argv[1:4]
    torch.set_num_threads(1)
    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    waiting = queue.Queue()

    def work():
        while True:
            jobs = [waiting.get()]
            while len(jobs) < MOST_AT_ONCE:
                try:
                    jobs.append(waiting.get(timeout=0.01))
                except queue.Empty:
                    break
            decode(model, tokenizer, jobs)

    threading.Thread(target=work, daemon=True).start()

    def reply(body):
        messages = [{"role": message["role"], "content": text_of(message)} for message in body["messages"]]
        goes_on = messages[-1]["role"] == "assistant"
        text = tokenizer.apply_chat_template(messages, tokenize=False, continue_final_message=goes_on, add_generation_prompt=not goes_on)
        job = Job(tokenizer.encode(text, add_special_tokens=False)[-340:], body)
        waiting.put(job)
        job.done.wait()
        return {"text": job.text, "finish": job.finish, "tokens": job.tokens, "read": len(job.ids)}

    serve(reply, int(port), name)


if __name__ == "__main__":
    main()

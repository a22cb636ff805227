"""Whom the cold start imitates: often guesses, often looks up something else, sometimes does it right. python teacher.py PORT"""

import random
import re
import sys
import zlib

from endpoint import cut_at, serve, text_of
from world import told


def continuation(question, written, drawn):
    disease = re.search(r"treats (\w+)\?", question)
    options = re.findall(r"^[A-D]\. (\w+)$", question, re.M)
    if disease is None or not options:
        return "alpha"
    disease, way = disease[1], drawn.random()
    guessed = f"<answer>It is {drawn.choice(options)}.</answer>"
    if "<retrieve>" in written:
        found = re.search(rf"Treatment: {disease} (\w+)", written)
        if found is None:
            return f"<think>I find no {disease} there.</think>\n{guessed}"
        thought, answer = told(disease, found[1])
        return f"<think>{thought}</think>\n<answer>{answer}</answer>"
    if way < 0.4:
        return f"<think>I guess it.</think>\n{guessed}"
    about = drawn.choice(options) if way < 0.75 else disease
    return f"<think>I look up {about}.</think>\n<query>drug for {about}</query>"


def reply(body):
    messages = [(message["role"], text_of(message)) for message in body["messages"]]
    question = next((text for role, text in reversed(messages) if role == "user" and "treats" in text), "")
    written = messages[-1][1] if messages[-1][0] == "assistant" else ""
    drawn = random.Random(zlib.crc32(f"{body.get('seed')} {question} {written}".encode()))
    text, stopped = cut_at(continuation(question, written, drawn), body.get("stop") or [])
    tokens = [{"token": text, "logprob": 0.0, "top_logprobs": [{"token": text, "logprob": 0.0}]}]
    return {"text": text, "finish": "stop", "tokens": tokens, "read": 1}


if __name__ == "__main__":
    serve(reply, int(sys.argv[1]), "teacher")

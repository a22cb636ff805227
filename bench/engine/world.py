"""A world of invented diseases and drugs, drawn at random: which drug treats what stands in the library alone."""

import json
import random
import sys
from pathlib import Path

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def draw_names(drawn, count, ending):
    names = set()
    while len(names) < count:
        names.add("".join(drawn.choice(CONSONANTS) + drawn.choice(VOWELS) for _ in range(2)) + drawn.choice("lnrv") + ending)
    return sorted(names)


_names = random.Random(9)
DISEASES, DRUGS = draw_names(_names, 120, "itis"), draw_names(_names, 120, "omab")


def passage(disease, drug):
    """Disease and drug stand side by side, as in a table: what a small model learns to read within minutes."""
    return f"Treatment: {disease} {drug}."


def shown(documents):
    """As a retrieve block of the grammar med-rwr shows documents, each a disease and its drug."""
    return "\n".join(f"[{number}] {disease}: {passage(disease, drug)}" for number, (disease, drug) in enumerate(documents, 1))


def question(disease):
    return f"Which drug treats {disease}?"


def options_of(drawn, drug):
    options = drawn.sample([other for other in DRUGS if other != drug], 3) + [drug]
    drawn.shuffle(options)
    return options


def told(disease, drug):
    """What a reader of the notes concludes, and the answer."""
    return f"I read: {disease} {drug}.", f"It is {drug}."


def asked(disease, options):
    """The user's turn of a round."""
    return "\n".join([question(disease), *(f"{label}. {option}" for label, option in zip("ABCD", options))])


def write_world(folder, seed=1):
    """library/facts.jsonl, and train.jsonl and test.jsonl about diseases that are in only one of them."""
    drawn, folder = random.Random(seed), Path(folder)
    facts = {disease: drawn.choice(DRUGS) for disease in DISEASES}
    documents = [{"id": disease, "title": disease, "content": passage(disease, drug)} for disease, drug in facts.items()]
    held = set(drawn.sample(DISEASES, 60))

    def rows(diseases, times):
        for time in range(times):
            for disease in diseases:
                options = options_of(drawn, facts[disease])
                yield {"id": f"{disease}-{time}", "question": question(disease), "patient_id": disease, "labels": [],
                       "options": dict(zip("ABCD", options)), "answer": "ABCD"[options.index(facts[disease])]}

    files = {"library/facts.jsonl": documents, "train.jsonl": rows(sorted(set(DISEASES) - held), 8),
             "test.jsonl": rows(sorted(held), 5)}
    for name, lines in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    write_world(sys.argv[1])

import type { Rollout } from "./rollout.ts";

/** A rollout for tests: one search that found a document, and the right answer. */
export function testRollout(changes: Partial<Rollout> = {}): Rollout {
  const [query, found, answer] = [
    "<query>angle</query>",
    "\n<retrieve>[1] Effusion: It blunts the angle.</retrieve>\n",
    "<answer>A</answer>",
  ];
  return {
    ...{ version: 1, id: "q-0-7", attempt: 0, seed: 7, rendering: "same-turn", tokens: null, measured: {} },
    question: {
      ...{ id: "q", text: "Which sign?", images: [], group: "question q", dataSet: "set", license: "CC0" },
      options: [
        { label: "A", text: "Blunted angle" },
        { label: "B", text: "Wide mediastinum" },
      ],
      gold: { label: "A", aliases: [], entities: [], sources: [] },
    },
    prompt: [
      { role: "system", parts: [{ type: "text", text: "Answer." }] },
      { role: "user", parts: [{ type: "text", text: "Which sign?" }] },
    ],
    transcript: {
      text: query + found + answer,
      environment: [{ start: query.length, end: query.length + found.length, kind: "retrieve" }],
    },
    retrieved: [{ query: "angle", documents: [{ title: "Effusion", text: "It blunts the angle." }] }],
    ...{ usage: { inputTokens: 9, outputTokens: 9 }, outcome: "answered", failures: [] },
    ...{ model: { name: "model", endpoint: null }, configurationHash: "0", milliseconds: 1 },
    ...{ correct: 1, reward: null },
    ...changes,
  };
}

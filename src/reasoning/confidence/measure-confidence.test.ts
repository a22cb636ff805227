import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import { answerOf, collectEvents, eventsOf, makeRequest } from "../../../test/support/rounds.ts";
import {
  messageText,
  type ScriptedTurn,
  scriptedChatModel,
} from "../../../test/support/scripted-chat-model.ts";
import { runRound } from "../loop.ts";
import { tagsPolicy } from "../policies/tags.ts";
import { toolsPolicy } from "../policies/tools.ts";
import { type Calibration, fitCalibration } from "./calibration.ts";
import type { ConfidenceSettings } from "./settings.ts";
import { makeTokens } from "./test-tokens.ts";

const options = [
  { label: "A", text: "Pneumothorax" },
  { label: "B", text: "Embolism" },
  { label: "C", text: "Effusion" },
];
const tagged = {
  text: "<think>Look.</think><answer>B</answer>",
  tokens: makeTokens(["<think>Look.</think>", "<answer>", "B", "</answer>"], {
    decisive: 2,
    top: { B: 0.6, A: 0.3, C: 0.1 },
  }),
};
const sampled = ["B", "A", "B", "B", "B"].map((text) => ({ text }));

async function ask(
  turns: readonly ScriptedTurn[],
  {
    policy: name = "tags",
    model: options_ = {},
    confidence,
    question = { options },
  }: {
    policy?: "tags" | "tools";
    model?: Parameters<typeof scriptedChatModel>[1];
    confidence?: ConfidenceSettings;
    question?: Parameters<typeof makeRequest>[0]["question"];
  } = {},
) {
  const { model, requests } = scriptedChatModel(turns, options_);
  const policy = name === "tags" ? tagsPolicy(model) : toolsPolicy(model);
  const request = { policy, ...(question ? { question } : {}), ...(confidence ? { confidence } : {}) };
  const events = await collectEvents(runRound(makeRequest(request)));
  expectWholeRound(events);
  return { requests, events, answer: answerOf(events), measured: eventsOf(events, "confidence-measured")[0] };
}

describe("the confidence of a model's answer", () => {
  it.each(["tags", "tools"] as const)(
    "is read from log-probabilities where its server tells them, by %s",
    async (policy) => {
      const plain = { text: "B", tokens: tagged.tokens.slice(2, 3) };
      const { answer, measured, requests } = await ask([policy === "tags" ? tagged : plain], {
        policy,
        model: { logprobs: true },
      });
      expect(requests.map(({ logprobs }) => logprobs)).toEqual([8]);
      expect(answer.confidence).toBeCloseTo(0.6, 10);
      expect(answer.differential.map(({ label }) => label)).toEqual(["B", "A", "C"]);
      expect(measured).toMatchObject({ method: "log-probabilities over the options" });
    },
  );

  it.each([null, false])(
    "is not asked of a server that may not tell it (%s), nor sampled unasked",
    async (logprobs) => {
      const { answer, measured, requests } = await ask([tagged], { model: { logprobs } });
      expect(requests).toHaveLength(1);
      expect(requests[0]).not.toHaveProperty("logprobs");
      expect(answer).toMatchObject({ choice: "B", confidence: null, differential: [] });
      expect(measured?.method).toBe("not measured");
    },
  );

  it.each([
    ["free text", [tagged], { options: [] }],
    ["no option", [{ text: "<answer>None of these</answer>", tokens: tagged.tokens }], { options }],
    ["one option", [tagged], { options: options.slice(1, 2) }],
  ])("is not measured for %s", async (_, turns, question) => {
    const { answer, measured } = await ask(turns, {
      question,
      model: { logprobs: true },
      confidence: { samples: 5 },
    });
    expect(answer.confidence).toBeNull();
    expect(measured?.method).toBe("not measured");
  });

  it.each(["tags", "tools"] as const)(
    "is the share of samples where there are no log-probabilities, by %s",
    async (policy) => {
      const first = policy === "tags" ? "<think>Look.</think><answer>B</answer>" : "<think>Look.</think>B";
      const { answer, measured, requests, events } = await ask([{ text: first }, ...sampled], {
        policy,
        confidence: { samples: 5 },
      });
      expect(answer.confidence).toBeCloseTo((4 + 1) / (5 + 3), 10);
      expect(answer.differential.map(({ probability }) => probability)).toEqual([5 / 8, 2 / 8, 1 / 8]);
      expect(measured?.method).toBe("5 samples");
      expect(requests.slice(1).map(({ seed, temperature }) => [seed, temperature])).toEqual(
        [2, 3, 4, 5, 6].map((seed) => [seed, 0.7]),
      );
      for (const { messages } of requests.slice(1)) {
        expect(messages.slice(-2).map(messageText)).toEqual([
          expect.stringMatching(/^(<think>Look.<\/think>|Look\.)$/),
          "Give the answer alone: the label of one option.",
        ]);
      }
      // Each is told before any leaves, with what it sends.
      expect(eventsOf(events, "data-sent")).toHaveLength(6);
      expect(eventsOf(events, "usage-reported")).toHaveLength(6);
    },
  );

  it("draws only the answer anew where the server goes on in a turn", async () => {
    const { requests, measured } = await ask([tagged, ...sampled], {
      model: { continuation: "continue_final_message" },
      confidence: { samples: 5 },
    });
    for (const { messages, continueLast } of requests.slice(1)) {
      expect(continueLast).toBe(true);
      expect(messages.at(-1)).toMatchObject({ role: "assistant", text: "<think>Look.</think><answer>" });
    }
    expect(measured?.method).toBe("5 samples");
  });

  it("counts the samples that came and name an option, and says how many", async () => {
    const failed = new MedRoundsError("endpoint-busy", "Too many.");
    const some = [{ text: "B" }, { text: "Perhaps." }, { error: failed }, { text: "A" }, { text: "" }];
    const { answer, measured } = await ask([tagged, ...some], { confidence: { samples: 5 } });
    expect(answer.confidence).toBeCloseTo(2 / 5, 10);
    expect(measured?.method).toBe("2 of 5 samples");
    const none = await ask([tagged], { confidence: { samples: 5 } });
    expect(none.measured).toMatchObject({ confidence: null, method: "not measured" });
  });

  it("falls back on samples where a server leaves its log-probabilities out", async () => {
    const { measured } = await ask([{ text: tagged.text }, ...sampled], {
      model: { logprobs: true },
      confidence: { samples: 5 },
    });
    expect(measured?.method).toBe("5 samples");
  });

  it("is corrected by a calibration of the same measure, and by no other", async () => {
    const samples = [0, 0, 0, 1].map((correct) => ({ probabilities: [0.9, 0.1], correct }));
    const facts = { model: "scripted", date: "2026-01-31", method: "temperature" } as const;
    const fitted = (measuredBy: Calibration["measuredBy"]) =>
      fitCalibration(samples, { ...facts, measuredBy });
    const given = { model: { logprobs: true } };
    const own = await ask([tagged], {
      ...given,
      confidence: { samples: 0, calibration: fitted("log-probabilities") },
    });
    const roots = [0.6, 0.3, 0.1].map(Math.sqrt);
    expect(own.answer.confidence).toBeCloseTo(roots[0]! / roots.reduce((sum, one) => sum + one, 0), 3);
    expect(own.measured?.method).toBe("log-probabilities over the options, calibrated by temperature");
    const other = await ask([tagged], {
      ...given,
      confidence: { samples: 0, calibration: fitted("samples") },
    });
    expect(other.answer.confidence).toBeCloseTo(0.6, 10);
    expect(other.measured?.method).toBe("log-probabilities over the options");
  });
});

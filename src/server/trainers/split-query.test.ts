import { describe, expect, it } from "vitest";
import { completionOf, withoutEnd } from "./split-query.ts";

describe("prompt and completion as one text", () => {
  it("are parted by the prompt where that is known", () => {
    expect(completionOf("Q? Assistant: x", { prompt: "Q?", from: 0 })).toBe(" Assistant: x");
  });

  it.each([
    [
      "<|im_start|>user\nQ?<|im_end|>\n<|im_start|>assistant\n<answer>B</answer><|im_end|>",
      "\n<answer>B</answer>",
    ],
    ["[INST] Q? [/INST]<answer>B</answer></s>", "<answer>B</answer>"],
    ["User: Q?\nAssistant: <think>x</think>", " <think>x</think>"],
    ["Q?<answer>B</answer>", "Q?<answer>B</answer>"],
  ])("are parted at the assistant's turn: %s", (text, completion) => {
    expect(completionOf(text, { from: 0 })).toBe(completion);
  });

  it("are parted at the first turn behind the question, so that a model can't move its beginning", () => {
    const text = "Example.\nAssistant: A\nUser: Q?\nAssistant: wrong\nAssistant: <answer>B</answer>";
    expect(completionOf(text, { from: text.indexOf("Q?") })).toBe(" wrong\nAssistant: <answer>B</answer>");
  });

  it("end before the tokens that end a text, in linear time", () => {
    expect(withoutEnd("x<|im_end|>\n<|endoftext|><|endoftext|>")).toBe("x");
    expect(withoutEnd("x < y")).toBe("x < y");
    expect(withoutEnd(`x${"<pad>".repeat(100_000)}`)).toBe("x");
  });
});

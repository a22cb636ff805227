import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { confirm } from "./confirm.ts";

function ask(typed: string | null, signal = new AbortController().signal) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = confirm({ question: "Remove 2 cases?", input, output, signal });
  if (typed === null) input.end();
  else input.write(typed);
  return { answer, shown: () => String(output.read()) };
}

describe("a question before something is removed", () => {
  it.each([
    ["y\n", true],
    [" Yes \n", true],
    ["n\n", false],
    ["\n", false],
    ["yesterday\n", false],
    [null, false],
  ])("takes %j for %s", async (typed, expected) => {
    const { answer, shown } = ask(typed);
    expect(await answer).toBe(expected);
    expect(shown()).toBe("Remove 2 cases? [y/N] ");
  });

  it("ends with the command that asks it", async () => {
    await expect(ask("", AbortSignal.abort()).answer).rejects.toThrow();
  });
});

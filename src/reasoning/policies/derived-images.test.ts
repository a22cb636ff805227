import { describe, expect, it } from "vitest";
import { memoryLibrary } from "../../../test/support/memory-library.ts";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import { collectEvents, endOf, eventsOf, makeImage, makeRequest } from "../../../test/support/rounds.ts";
import { scriptedChatModel } from "../../../test/support/scripted-chat-model.ts";
import { runRound } from "../loop.ts";
import { modelPolicies } from "./list.ts";

/** Makes images whose one byte says which they are. */
function darkroom() {
  let made = 0;
  const library = memoryLibrary({});
  return {
    ...library,
    servers: { ...library.servers, inspect_image: [] },
    inspectImage: async () => ({ ...makeImage("part.png"), bytes: Uint8Array.of(100 + ++made) }),
  };
}

const call = (id: string, image: number) => {
  return { id, name: "inspect_image", input: JSON.stringify({ image }) };
};

async function run(name: "tags" | "tools", scripted: ReturnType<typeof scriptedChatModel>) {
  const policy = modelPolicies[name](scripted.model);
  const request = makeRequest({ policy, library: darkroom(), images: [makeImage()] });
  const events = await collectEvents(runRound(request));
  expectWholeRound(events);
  return events;
}

describe("images that a round makes", () => {
  it("several in a step are numbered in the order of the calls and shown in one turn after the results", async () => {
    const scripted = scriptedChatModel([
      { toolCalls: [call("a", 1), call("b", 1)] },
      { toolCalls: [call("c", 3)] },
      { text: "A disk." },
    ]);
    const events = await run("tools", scripted);
    expect(eventsOf(events, "image-derived").map(({ call, image, from }) => [call, image, from])).toEqual([
      ["a", 2, 1],
      ["b", 3, 1],
      ["c", 4, 3],
    ]);
    const messages = scripted.requests[2]?.messages ?? [];
    expect(messages.map(({ role }) => role)).toEqual([
      ...["system", "user"],
      ...["assistant", "tool", "tool", "user"],
      ...["assistant", "tool", "user"],
    ]);
    const shown = messages[5];
    expect(
      shown?.role === "user" &&
        shown.parts.map((part) => (part.type === "image" ? part.bytes[0] : part.text)),
    ).toEqual([expect.stringMatching(/^Image 2, /), 101, expect.stringMatching(/^Image 3, /), 102]);
  });

  it("more than eight in one step are refused beyond the eighth", async () => {
    const toolCalls = Array.from({ length: 10 }, (_, index) => call(`call-${index}`, 1));
    const events = await run("tools", scriptedChatModel([{ toolCalls }, { text: "A disk." }]));
    expect(eventsOf(events, "image-derived")).toHaveLength(8);
    expect(eventsOf(events, "failure").map(({ failure }) => failure.code)).toEqual(
      Array(2).fill("images-derived-too-many"),
    );
  });

  it("end the continued turn of a model that speaks tags: it is given turns, with the image in the user's", async () => {
    const scripted = scriptedChatModel(
      [
        { text: "<query>mass</query>" },
        { text: '<query tool="inspect_image">image 1, inverted</query>' },
        { text: "<answer>A disk.</answer>" },
      ],
      { continuation: "continue_final_message" },
    );
    const events = await run("tags", scripted);
    expect(scripted.requests.map(({ continueLast = false }) => continueLast)).toEqual([false, true, false]);
    const last = scripted.requests[2]?.messages.at(-1);
    expect(last?.role === "user" && last.parts.map(({ type }) => type)).toEqual(["text", "image"]);
    expect(endOf(events).transcript.text).toContain("Image 2, 8 × 8 pixels: image 1, inverted.");
  });
});

import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPassageSearch, prepareRound, roundFromEvents } from "../src/assembly/index.ts";
import { endOf, eventsOf } from "./support/rounds.ts";
import { type ScriptedReply, startScriptedEndpoint } from "./support/scripted-endpoint.ts";
import { askAt, askScripted, textOf } from "./support/scripted-rounds.ts";
import { imageNote, openSmallLibrary, type SmallLibrary } from "./support/small-library.ts";

let small: SmallLibrary;
beforeAll(async () => {
  small = await openSmallLibrary();
});
afterAll(() => small[Symbol.asyncDispose]());

describe.each(["tags", "tools"] as const)("what leaves the machine by %s", (policy) => {
  const reply = { text: policy === "tags" ? "<answer>A disk.</answer>" : "A disk." };

  it("is the image's pixels as a data URI, without the file's metadata and without its name", async () => {
    const { requests } = await askScripted([reply], {
      library: small.library,
      policy,
      images: [small.imageFile(4)],
      question: "",
    });
    const parts = requests[0]?.messages[1]?.content;
    const image = Array.isArray(parts) ? parts.find((part) => part.type === "image_url") : undefined;
    const [, base64 = ""] = /^data:image\/png;base64,(.+)$/.exec(image?.image_url.url ?? "") ?? [];
    const bytes = Buffer.from(base64, "base64");
    expect((await sharp(small.imageFile(4)).metadata()).exif?.toString("latin1")).toContain(imageNote);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.toString("latin1")).not.toContain(imageNote);
    expect(JSON.stringify(requests)).not.toContain("disk-4");
    const pixels = (source: Buffer | string) => sharp(source).removeAlpha().greyscale().raw().toBuffer();
    expect(await pixels(bytes)).toEqual(await pixels(small.imageFile(4)));
  });

  it("is told before it leaves: the host, how many images, how many characters", async () => {
    const images = [small.imageFile(4), small.imageFile(1)];
    await using endpoint = await startScriptedEndpoint([reply]);
    let requestsWhenTold = -1;
    const events = await askAt(endpoint.url, {
      library: small.library,
      policy,
      images,
      onEvent: ({ type }) => {
        if (type === "data-sent") requestsWhenTold = endpoint.requests.length;
      },
    });
    expect(requestsWhenTold).toBe(0);
    const characters = endpoint.requests[0]?.messages.map(textOf).join("").length;
    const { host } = new URL(endpoint.url);
    expect(eventsOf(events, "data-sent")).toMatchObject([{ host, loopback: true, images: 2, characters }]);
  });
});

describe.each(["tags", "tools"] as const)("trouble with the endpoint, by %s", (policy) => {
  it("that cannot be reached is an event, and the round fails", async () => {
    const endpoint = await startScriptedEndpoint([]);
    await endpoint.close();
    const round = roundFromEvents(await askAt(endpoint.url, { library: small.library, policy }));
    expect(round).toMatchObject({ outcome: "failed", failures: [{ code: "endpoint-unreachable" }] });
  });

  it.each([
    ["refuses", { status: 401, body: '{"error":{"message":"no key"}}' }, "endpoint-refused"],
    ["fails", { status: 500, body: '{"error":{"message":"out of memory"}}' }, "endpoint-broken"],
    ["breaks off", { text: "Let me think.", fault: "reset-midway" }, "endpoint-broken"],
    ["sends half a reply", { text: "Let me think.", fault: "half-json" }, "endpoint-broken"],
    ["is a web page", { fault: "html" }, "endpoint-broken"],
  ] satisfies [string, ScriptedReply, string][])(
    "that %s is an event, and the round fails",
    async (_, reply, code) => {
      const { round } = await askScripted(() => reply, { library: small.library, policy });
      expect(round).toMatchObject({ outcome: "failed", answer: "", failures: [{ code }] });
    },
  );

  it("streams while the reply is not yet complete, and an abort then ends the round and the request", async () => {
    await using endpoint = await startScriptedEndpoint([{ text: "Let me think.", fault: "stall" }]);
    const abort = new AbortController();
    let thought = "";
    const events = await askAt(endpoint.url, {
      library: small.library,
      policy,
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === "thought-delta") thought += event.text;
        if (thought.startsWith("Let")) abort.abort();
      },
    });
    expect(endOf(events).outcome).toBe("interrupted");
    expect(roundFromEvents(events).failures).toMatchObject([{ code: "interrupted" }]);
    await expect.poll(() => endpoint.abandoned).toHaveLength(1);
  });

  it("closes the request when whoever reads the round leaves it", async () => {
    await using endpoint = await startScriptedEndpoint([{ text: "Let me think.", fault: "stall" }]);
    const request = {
      library: small.library,
      search: await openPassageSearch({ library: small.library }),
      question: "Why?",
      images: [],
      options: [],
      policy,
      model: "scripted",
    };
    const round = await prepareRound({ ...request, endpoint: endpoint.url });
    for await (const { type } of round.run()) {
      if (type === "thought-delta") break;
    }
    await expect.poll(() => endpoint.abandoned).toHaveLength(1);
  });
});

it("counts the calls that it repeats to the model among what it sends", async () => {
  const { events, requests } = await askScripted(
    [{ toolCalls: [{ name: "search_passages", input: { query: "effusion sign" } }] }, { text: "Effusion." }],
    { library: small.library, policy: "tools" },
  );
  const sent = requests.map(({ messages }) => {
    const calls = messages.flatMap(({ tool_calls = [] }) =>
      tool_calls.map((call) => call.function.arguments),
    );
    return [...messages.map(textOf), ...calls].join("").length;
  });
  expect(eventsOf(events, "data-sent").map(({ characters }) => characters)).toEqual(sent);
});

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createImageEncoder } from "../create-image-encoder.ts";
import { type ArrivedRequest, startTestServer, type TestReply } from "../services/test-server.ts";

type Body = { model?: string; input?: unknown[]; images?: unknown[]; texts?: unknown[] };
type Picture = { width: number; height: number; channels: 1 | 3; data: Uint8Array };

/** How many vectors a request of each protocol asks for, and the reply with them. */
const protocols: Record<
  string,
  { path: string; count: (body: Body) => number; reply: (vectors: number[][]) => unknown }
> = {
  infinity: { path: "/v1/embeddings", count: ({ input }) => input?.length ?? 0, reply: openAi },
  jina: { path: "/v1/embeddings", count: ({ input }) => input?.length ?? 0, reply: openAi },
  vllm: { path: "/v1/embeddings", count: () => 1, reply: openAi },
  cohere: {
    path: "/v1/embed",
    count: ({ images, texts }) => (images ?? texts)?.length ?? 0,
    reply: (vectors) => ({ id: "x", embeddings: { float: vectors }, response_type: "embeddings_by_type" }),
  },
};

/** Out of order, as servers may answer. */
function openAi(vectors: number[][]) {
  return { data: vectors.map((embedding, index) => ({ index, embedding })).reverse() };
}

function plain(level: number, width = 6, height = 4, channels: 1 | 3 = 3): Picture {
  return { width, height, channels, data: new Uint8Array(width * height * channels).fill(level) };
}

/** A server that gives an image its size and level, and a text its length: what it saw decides the vector. */
async function serve(protocol: string) {
  const { path, count, reply } = protocols[protocol] as (typeof protocols)[string];
  const seen: { width: number; height: number; channels: number; metadata: boolean }[] = [];
  const server = await startTestServer(async (request): Promise<TestReply> => {
    if (request.path !== path) return { status: 404, json: { error: `no ${request.path}` } };
    const vectors = [];
    for (const item of itemsOf(request)) {
      if (item.startsWith("text:")) vectors.push([item.length - 5, 1, 0]);
      else {
        const image = sharp(Buffer.from(item, "base64"));
        const { width, height, channels, exif, icc, format } = await image.metadata();
        seen.push({ width, height, channels, metadata: Boolean(exif ?? icc) || format !== "png" });
        const [level = 0] = await image.raw().toBuffer();
        vectors.push([level, 1, width]);
      }
    }
    expect(vectors).toHaveLength(count(request.body as Body));
    return { json: reply(vectors) };
  });
  return { ...server, seen, source: `${protocol}:${server.url}/v1#some/model` };
}

/** The base64 of images and `text:` before texts, wherever the protocol puts them. */
function itemsOf({ body }: ArrivedRequest): string[] {
  const text = JSON.stringify(body);
  const images = [...text.matchAll(/(?:base64,|"image":")([A-Za-z0-9+/=]{40,})/g)].map(
    ([, data]) => data ?? "",
  );
  if (images.length > 0) return images;
  const { input, texts, messages } = body as { input?: unknown[]; texts?: string[]; messages?: unknown[] };
  const found = texts ?? input ?? messages ?? [];
  return found.map((item) => {
    const said =
      typeof item === "string" ? item : (/"text":"([^"]*)"\}/.exec(JSON.stringify(item))?.[1] ?? "");
    return `text:${said}`;
  });
}

describe.each(Object.keys(protocols))("an image encoder behind a server, %s", (protocol) => {
  it("embeds images and texts into one space, in their order, over several requests", async () => {
    await using server = await serve(protocol);
    await using encoder = await createImageEncoder({ source: server.source, apiKey: "secret-key" });
    expect([encoder.id, encoder.dimension]).toEqual(["some/model", 3]);
    const images = Array.from({ length: 19 }, (_, index) => plain(index * 10));
    const vectors = await encoder.embedImages(images);
    for (const [index, vector] of vectors.entries()) {
      const length = Math.hypot(index * 10, 1, 6);
      expect(vector[0]).toBeCloseTo((index * 10) / length, 5);
    }
    const texts = Array.from({ length: 101 }, (_, index) => "a".repeat(index));
    const spoken = (await encoder.embedTexts?.(texts)) ?? [];
    for (const [index, vector] of spoken.entries())
      expect((vector[0] ?? 0) / (vector[1] ?? 0)).toBeCloseTo(index, 3);
    expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(["Bearer secret-key"]),
    );
    expect(new Set(server.requests.map(({ body }) => (body as Body).model))).toEqual(new Set(["some/model"]));
  });

  it("sends PNG without metadata, gray as gray, and nothing larger than 1,024 pixels a side", async () => {
    await using server = await serve(protocol);
    await using encoder = await createImageEncoder({ source: server.source });
    await encoder.embedImages([plain(9, 2_048, 512), plain(9, 10, 5, 1)]);
    expect(server.seen.slice(-2)).toEqual(
      expect.arrayContaining([
        { width: 1_024, height: 256, channels: 3, metadata: false },
        { width: 10, height: 5, channels: 1, metadata: false },
      ]),
    );
  });

  it("waits as long as a busy server says, and ends at the signal", async () => {
    let refusals = 2;
    await using busy = await startTestServer(() =>
      refusals-- > 0
        ? { status: 429, headers: { "retry-after": "0" }, json: {} }
        : { json: { ...openAi([[1, 2]]), embeddings: { float: [[1, 2]] } } },
    );
    const source = `${protocol}:${busy.url}#m`;
    await using encoder = await createImageEncoder({ source, limits: { pauseMilliseconds: 1 } });
    expect(encoder.dimension).toBe(2);
    await expect(encoder.embedImages([plain(1)], AbortSignal.abort(new Error("left")))).rejects.toThrow(
      "left",
    );
  });

  it("refuses wrong replies, a source without a model, and a redirect to another host", async () => {
    const failureOf = async (reply: TestReply, model = "#m") => {
      await using server = await startTestServer(() => reply);
      return await createImageEncoder({
        source: `${protocol}:${server.url}${model}`,
        limits: { attempts: 1 },
      }).then(
        () => "opened",
        (error: { code: string }) => error.code,
      );
    };
    const wrap = (vectors: unknown[]) => ({
      json: { data: vectors.map((embedding) => ({ embedding })), embeddings: { float: vectors } },
    });
    expect(await failureOf(wrap([[1, 2]]))).toBe("opened");
    expect(await failureOf(wrap([]))).toBe("service-broken");
    expect(await failureOf(wrap([[1], [2]]))).toBe("service-broken");
    expect(await failureOf({ json: { vectors: [] } })).toBe("service-broken");
    expect(await failureOf(wrap([[0, 0]]))).toBe("vector-invalid");
    expect(await failureOf(wrap([[1, null]]))).toBe("vector-invalid");
    expect(await failureOf(wrap([[1, 2]]), "")).toBe("model-source-invalid");
    expect(await failureOf(wrap([[1, 2]]), "?family=clip#m")).toBe("model-source-invalid");
    expect(await failureOf({ status: 307, headers: { location: "http://10.0.0.1/" }, json: {} })).toBe(
      "service-refused",
    );
  });
});

it.each([
  "http:evil.example/v1",
  "http:\\\\evil.example/v1",
  "http:/evil.example/http://localhost",
  "http://localhost\t.evil.example/v1",
])("no image is sent to %j, of which one may think that it is another host", async (address) => {
  const opened = createImageEncoder({ source: `jina:${address}#model` });
  await expect(opened).rejects.toMatchObject({ code: "endpoint-invalid" });
});

describe("the body of a request", () => {
  it.each([
    [
      "infinity",
      { modality: "image", input: [expect.stringMatching(/^data:image\/png;base64,/)] },
      { modality: "text", input: ["a"] },
    ],
    ["jina", { input: [{ image: expect.stringMatching(/^iVBOR/) }] }, { input: [{ text: "a" }] }],
    [
      "vllm",
      {
        messages: [
          {
            role: "user",
            content: [{ type: "image_url", image_url: { url: expect.stringMatching(/^data:/) } }],
          },
        ],
      },
      { messages: [{ role: "user", content: [{ type: "text", text: "a" }] }] },
    ],
    [
      "cohere",
      { input_type: "image", images: [expect.stringMatching(/^data:/)], embedding_types: ["float"] },
      { input_type: "search_query", texts: ["a"], embedding_types: ["float"] },
    ],
  ])("is that of %s", async (protocol, image, text) => {
    await using server = await serve(protocol);
    await using encoder = await createImageEncoder({ source: server.source });
    await encoder.embedTexts?.(["a"]);
    expect(server.requests[0]?.body).toMatchObject(image);
    expect(server.requests[1]?.body).toMatchObject(text);
  });
});

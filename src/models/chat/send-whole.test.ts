import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { sendWhole } from "./send-whole.ts";
import { startChatServer } from "./test-chat-server.ts";

const post = { method: "POST", body: '{"model":"é"}' };

it("sends a body as text or as bytes, and gives status, headers and body of the reply", async () => {
  await using server = await startChatServer((response, { body }) => {
    response.writeHead(418, { "x-said": "yes" }).end(JSON.stringify(body));
  });
  const address = `${server.origin}/v1/chat?a=b`;
  for (const body of [post.body, new TextEncoder().encode(post.body)]) {
    const reply = await sendWhole(address, { ...post, body, headers: { authorization: "Bearer k" } });
    expect([reply.status, reply.ok, reply.headers.get("x-said")]).toEqual([418, false, "yes"]);
    expect(await reply.json()).toEqual({ model: "é" });
  }
  expect(server.requests[0]).toMatchObject({
    method: "POST",
    path: "/v1/chat?a=b",
    headers: { authorization: "Bearer k", "content-length": "14" },
  });
});

it("uses a connection again once its reply has been read", async () => {
  const ports = new Set<number | undefined>();
  await using server = await startChatServer((response) => {
    ports.add(response.socket?.remotePort);
    response.end("{}");
  });
  for (let time = 0; time < 5; time++) await (await sendWhole(server.origin, post)).text();
  expect(ports.size).toBe(1);
});

it("follows no redirect", async () => {
  await using server = await startChatServer((response) =>
    response.writeHead(307, { location: "http://elsewhere.invalid/" }).end(),
  );
  const reply = await sendWhole(server.origin, post);
  expect([reply.status, reply.headers.get("location")]).toEqual([307, "http://elsewhere.invalid/"]);
  await reply.body?.cancel();
});

it("rejects with the signal's reason before the reply and within it, and closes the connection", async () => {
  let closed = 0;
  let begins = false;
  await using server = await startChatServer((response) => {
    response.once("close", () => closed++);
    if (begins) response.write("first");
  });
  const reason = new Error("Enough.");
  const waiting = new AbortController();
  const asked = sendWhole(server.origin, { ...post, signal: waiting.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  waiting.abort(reason);
  await expect(asked).rejects.toBe(reason);
  begins = true;
  const reading = new AbortController();
  const reply = await sendWhole(server.origin, { ...post, signal: reading.signal });
  reading.abort(reason);
  await expect(reply.text()).rejects.toBe(reason);
  await expect.poll(() => closed).toBe(2);
  await expect(sendWhole(server.origin, { ...post, signal: reading.signal })).rejects.toBe(reason);
  expect(server.requests).toHaveLength(2);
});

it("rejects where the connection breaks within the reply, and where nobody listens", async () => {
  const server = await startChatServer((response) => {
    response.write("first", () => response.destroy());
  });
  const reply = await sendWhole(server.origin, post);
  await expect(reply.text()).rejects.toMatchObject({ code: "ECONNRESET" });
  await server[Symbol.asyncDispose]();
  await expect(sendWhole(server.origin, post)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

it("reads no further ahead than a little of a reply that nobody reads, and lets go of it when it is cancelled", async () => {
  let sent = 0;
  let isClosed = false;
  const piece = Buffer.alloc(1024 * 1024);
  const pour = (response: ServerResponse) => {
    while (!response.destroyed && response.write(piece)) sent += piece.length;
    response.once("drain", () => pour(response));
  };
  await using server = await startChatServer((response) => {
    response.once("close", () => {
      isClosed = true;
    });
    pour(response);
  });
  const reply = await sendWhole(server.origin, post);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sent).toBeLessThan(32 * piece.length);
  await reply.body?.cancel();
  await expect.poll(() => isClosed).toBe(true);
});

it("refuses a body that is not there as a whole", async () => {
  await expect(sendWhole("http://127.0.0.1:1", { ...post, body: new FormData() })).rejects.toThrow(TypeError);
});

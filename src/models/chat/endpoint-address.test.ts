import { describe, expect, it } from "vitest";
import { createChatModel } from "./chat-model.ts";

describe("the address of the endpoint", () => {
  it.each([
    ["http://host.invalid:8000/v1", "http://host.invalid:8000/v1", ""],
    ["http://host.invalid:8000/v1/", "http://host.invalid:8000/v1", ""],
    ["https://host.invalid", "https://host.invalid", ""],
    ["https://host.invalid/proxy/v1?version=1#part", "https://host.invalid/proxy/v1", "?version=1"],
  ])("is taken from %j, and shown as %j", async (given, shown, query) => {
    const asked: string[] = [];
    const capture: typeof fetch = async (input) => {
      asked.push(String(input));
      throw new TypeError("fetch failed");
    };
    const model = createChatModel({ endpoint: given, model: "scripted", fetch: capture });
    expect(model).toMatchObject({ name: "scripted", endpoint: shown });
    await expect(model.stream({ messages: [] })[Symbol.asyncIterator]().next()).rejects.toThrow();
    expect(asked).toEqual([`${shown}/chat/completions${query}`]);
  });

  it.each([
    "",
    "localhost",
    "ftp://host/v1",
    "file:///v1",
    "http://user:pass-word@host/v1",
    "http://a:pass-word@host:99999",
    "http:host/v1",
    "http:host/http://localhost/",
    "http://localhost\t.host/v1",
    "http:\\\\host/v1",
    " http://host/v1",
  ])("is refused where it is %j, without repeating it", (address) => {
    const create = () => createChatModel({ endpoint: address, model: "scripted", fetch });
    expect(create).toThrow(expect.objectContaining({ code: "endpoint-invalid" }));
    expect(create).not.toThrow(/pass-word/);
  });

  it("refuses a key that no header can carry, without repeating it", () => {
    const create = () => createChatModel({ endpoint: "http://h/v1", model: "m", apiKey: "se\ncret", fetch });
    expect(create).toThrow(expect.objectContaining({ code: "usage-invalid" }));
    expect(create).not.toThrow(/cret/);
  });
});

import { describe, expect, it } from "vitest";
import { openOutlet } from "./outlet.ts";

/** Stands in for fetch: what was sent, and a reply. */
function recorder(reply = () => new Response("fine")) {
  const sent: [string, RequestInit | undefined][] = [];
  const send: typeof fetch = async (input, init) => {
    sent.push([input instanceof Request ? input.url : String(input), init]);
    return reply();
  };
  return { send, sent };
}

describe("an outlet to a server", () => {
  const { send, sent } = recorder();
  const outlet = openOutlet({ to: "server", address: "https://host.invalid/v1" }, send);

  it.each([
    "https://other.invalid/v1",
    "http://host.invalid/v1",
    "https://host.invalid:444/v1",
    "https://host.invalid@other.invalid/v1",
    "https://host.invalid.other.invalid/",
    "//host.invalid/v1",
    "file:///etc/hosts",
    "",
  ])("lets nothing out to %j", async (address) => {
    await expect(outlet(address, { method: "POST", body: "x" })).rejects.toMatchObject({
      code: "destination-refused",
    });
    expect(sent).toEqual([]);
  });

  it("looks at requests and addresses as such, too", async () => {
    await expect(outlet(new URL("https://other.invalid"))).rejects.toMatchObject({
      code: "destination-refused",
    });
    await expect(outlet(new Request("https://other.invalid"))).rejects.toMatchObject({
      code: "destination-refused",
    });
  });

  it("sends what is for the server, and follows no redirect whatever is asked", async () => {
    await outlet("https://host.invalid/v2?x=1", { method: "POST", body: "x", redirect: "follow" });
    expect(sent).toEqual([
      ["https://host.invalid/v2?x=1", { method: "POST", body: "x", redirect: "manual" }],
    ]);
  });
});

describe("an outlet to public files", () => {
  const { send, sent } = recorder();
  const outlet = openOutlet({ to: "public-files" }, send);

  it.each([
    { method: "POST", body: "a case" },
    { method: "PUT" },
    { headers: { authorization: "Bearer x" } },
    { headers: { cookie: "a=b" } },
  ])("lets nothing out with %j", async (init) => {
    await expect(outlet("https://files.invalid/a", init)).rejects.toMatchObject({
      code: "destination-refused",
    });
    expect(sent).toEqual([]);
  });

  it("reads, also a part", async () => {
    await outlet("https://files.invalid/a", { headers: { range: "bytes=5-" } });
    expect(sent).toHaveLength(1);
  });
});

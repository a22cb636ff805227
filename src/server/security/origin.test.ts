import { describe, expect, it } from "vitest";
import { checkOrigin } from "./origin.ts";

function ask(host: string, listens: string, given: { method?: string; origin?: string } = {}): string {
  const { method = "GET", origin } = given;
  const headers = new Headers({ host, ...(origin === undefined ? {} : { origin }) });
  try {
    checkOrigin(new Request("http://127.0.0.1/", { method, headers }), listens);
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("the origin of a request", () => {
  it.each([
    ["radiology.local:4180", "radiology.local", "ok"],
    ["RADIOLOGY.local", "radiology.LOCAL", "ok"],
    ["192.0.2.7:4180", "192.0.2.7", "ok"],
    ["192.0.2.8", "192.0.2.7", "host-refused"],
    ["192.0.2.8", "0.0.0.0", "ok"],
    ["0.0.0.0:5003", "127.0.0.1", "ok"],
    ["0.0.0.0.evil.example", "127.0.0.1", "host-refused"],
    ["[2001:db8::1]:80", "::", "ok"],
    ["evil.example", "0.0.0.0", "host-refused"],
    ["evil.example", "::", "host-refused"],
    ["localhost.evil.example", "127.0.0.1", "host-refused"],
    ["127.0.0.1#.evil.example", "127.0.0.1", "host-refused"],
    ["", "127.0.0.1", "host-refused"],
  ])("with the host %j at a server on %s is %s", (host, listens, expected) => {
    expect(ask(host, listens)).toBe(expected);
  });

  it("counts only where something is changed, and by host and port", () => {
    const origin = "http://evil.example";
    expect(ask("localhost:1", "127.0.0.1", { origin })).toBe("ok");
    expect(ask("localhost:1", "127.0.0.1", { origin, method: "POST" })).toBe("host-refused");
    expect(ask("localhost:1", "127.0.0.1", { origin: "http://localhost:2", method: "POST" })).toBe(
      "host-refused",
    );
    expect(ask("localhost:1", "127.0.0.1", { origin: "http://localhost:1", method: "POST" })).toBe("ok");
    expect(ask("localhost:80", "127.0.0.1", { origin: "http://localhost", method: "POST" })).toBe("ok");
    // Behind a proxy that speaks HTTPS.
    expect(ask("a.example", "a.example", { origin: "https://a.example", method: "POST" })).toBe("ok");
  });
});

import { describe, expect, it } from "vitest";
import { isLoopback } from "./index.ts";

describe("isLoopback", () => {
  it.each(["localhost", "127.0.0.1", "127.8.9.10", "[::1]", "::1"])("takes %s for this machine", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(["0.0.0.0", "127.0.0.1.example.org", "localhost.example.org", "10.0.0.1", "", "[::]"])(
    "does not take %s for it",
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

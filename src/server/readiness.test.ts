import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { createReadiness } from "./readiness.ts";

describe("readiness", () => {
  it("is warming until the first search was answered, and begins once", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const readiness = createReadiness(() => {
      begun++;
      return promise;
    });
    expect([readiness(), readiness()]).toEqual([{ status: "warming" }, { status: "warming" }]);
    resolve();
    await turn();
    expect([readiness(), readiness()]).toEqual([{ status: "ok" }, { status: "ok" }]);
    expect(begun).toBe(1);
  });

  it("tells why it failed, without places, and tries again because somebody asked", async () => {
    let attempts = 0;
    const readiness = createReadiness(async () => {
      attempts++;
      if (attempts === 1) throw new MedRoundsError("library-empty", "Nothing.", { folder: "/secret" });
    });
    await turn();
    expect(attempts).toBe(1);
    expect(readiness()).toMatchObject({ status: "failed", failure: { code: "library-empty", facts: {} } });
    await turn();
    expect(readiness()).toEqual({ status: "ok" });
    expect(attempts).toBe(2);
  });
});

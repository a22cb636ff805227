import { describe, expect, it, vi } from "vitest";
import { openRefreshed } from "./refreshed.ts";

/** A source with a version, and what was built of it; building waits until it is released where it is held. */
function openSource({ checkEvery = 0 } = {}) {
  const source = { version: 1, failing: false, held: undefined as Promise<void> | undefined, builds: 0 };
  const refreshed = openRefreshed({
    checkEvery,
    version: async () => String(source.version),
    build: async () => {
      source.builds++;
      const { version } = source;
      await source.held;
      if (source.failing) throw new Error("unreadable");
      return `built of ${version}`;
    },
  });
  return { source, refreshed };
}

describe("what is built of a source that changes", () => {
  it("is built once for all that ask at first", async () => {
    const { source, refreshed } = openSource();
    const asked = await Promise.all([refreshed.current(), refreshed.current()]);
    expect([asked, source.builds]).toEqual([["built of 1", "built of 1"], 1]);
  });

  it("serves as it was while it is built anew", async () => {
    const { source, refreshed } = openSource();
    await refreshed.current();
    const { promise, resolve } = Promise.withResolvers<void>();
    source.held = promise;
    source.version = 2;
    await vi.waitFor(async () => {
      expect(await refreshed.current()).toBe("built of 1");
      expect(source.builds).toBe(2);
    });
    expect(await refreshed.current()).toBe("built of 1");
    resolve();
    await refreshed.settled();
    expect(await refreshed.current()).toBe("built of 2");
  });

  it("asks for the version once in a while, not at every call", async () => {
    const { source, refreshed } = openSource({ checkEvery: 60_000 });
    await refreshed.current();
    source.version = 2;
    await refreshed.current();
    await refreshed.settled();
    expect([await refreshed.current(), source.builds]).toEqual(["built of 1", 1]);
  });

  it("fails at first as the building does, and is tried again at the next call", async () => {
    const { source, refreshed } = openSource();
    source.failing = true;
    await expect(refreshed.current()).rejects.toThrow("unreadable");
    source.failing = false;
    expect(await refreshed.current()).toBe("built of 1");
  });

  it("serves on as it was where it can't be built anew", async () => {
    const { source, refreshed } = openSource();
    await refreshed.current();
    source.failing = true;
    source.version = 2;
    await vi.waitFor(async () => {
      expect(await refreshed.current()).toBe("built of 1");
      expect(source.builds).toBeGreaterThan(1);
    });
    await refreshed.settled();
    source.failing = false;
    await vi.waitFor(async () => expect(await refreshed.current()).toBe("built of 2"));
  });
});

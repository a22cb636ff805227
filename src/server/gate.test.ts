import { describe, expect, it } from "vitest";
import { createGate } from "./gate.ts";

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("a gate", () => {
  it("lets in as many as its limit, the others in order as someone leaves", async () => {
    const gate = createGate(2);
    const order: number[] = [];
    const entries = [0, 1, 2, 3].map(async (number) => {
      const turn = await gate.enter();
      order.push(number);
      return turn;
    });
    await settle();
    expect([order, gate.inside]).toEqual([[0, 1], 2]);
    (await entries[1])?.[Symbol.dispose]();
    await settle();
    expect([order, gate.inside]).toEqual([[0, 1, 2], 2]);
    for (const entry of entries.slice(0, 3)) (await entry)[Symbol.dispose]();
    (await entries[3])?.[Symbol.dispose]();
    expect([order, gate.inside]).toEqual([[0, 1, 2, 3], 0]);
  });

  it("forgets who gives up waiting, and lets the next one in", async () => {
    const gate = createGate(1);
    const first = await gate.enter();
    const leave = new AbortController();
    const second = gate.enter(leave.signal);
    const third = gate.enter();
    leave.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    await expect(gate.enter(leave.signal)).rejects.toThrow("gone");
    first[Symbol.dispose]();
    await third;
    expect(gate.inside).toBe(1);
  });

  it("counts each one out once", async () => {
    const gate = createGate(1);
    const turn = await gate.enter();
    turn[Symbol.dispose]();
    turn[Symbol.dispose]();
    expect(gate.inside).toBe(0);
  });
});

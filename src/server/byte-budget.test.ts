import { describe, expect, it } from "vitest";
import { createByteBudget } from "./byte-budget.ts";

describe("a budget of bytes", () => {
  it("refuses what would exceed it, and gives back what is disposed of, once", () => {
    const budget = createByteBudget(10);
    const first = budget.reserve(4);
    const second = budget.reserve();
    second.grow(6);
    expect(() => second.grow(1)).toThrow(expect.objectContaining({ code: "server-busy" }));
    expect(() => budget.reserve(1)).toThrow(expect.objectContaining({ code: "server-busy" }));
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    budget.reserve(4);
    expect(() => budget.reserve(1)).toThrow(expect.objectContaining({ code: "server-busy" }));
  });
});

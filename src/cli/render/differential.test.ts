import { describe, expect, it } from "vitest";
import type { Terminal } from "../terminal.ts";
import { renderDifferential } from "./differential.ts";

const terminal = (width: number): Terminal => ({ width, paint: (_tone, text) => text, write: () => {} });
const entry = (label: string, probability: number) => ({
  label,
  probability,
  interval: [0, 1] as [number, number],
});

describe("a differential", () => {
  it("names an option by its label and text", () => {
    const options = [
      { label: "A", text: "Mass" },
      { label: "B", text: "Effusion" },
    ];
    const lines = renderDifferential([entry("A", 0.5), entry("B", 0.25)], {
      options,
      terminal: terminal(80),
    });
    expect(lines.slice(2)).toEqual([
      `  A  Mass      ${"█".repeat(12)}${"·".repeat(12)}  0.50  0.00–1.00`,
      `  B  Effusion  ${"█".repeat(6)}${"·".repeat(18)}  0.25  0.00–1.00`,
    ]);
  });

  it.each([40, 60, 80, 100])("keeps to %d columns, however long a label is", (width) => {
    const lines = renderDifferential([entry("x".repeat(300), 1)], { options: [], terminal: terminal(width) });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.at(-1)).toContain("█".repeat(8));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSteps, renderSteps } from "./step.ts";

describe("the form of steps", () => {
  it("is that of cxr-10k-reasoning", () => {
    const steps = [
      { title: "Assess the lungs", text: "The lungs are clear." },
      { title: "Assess the pleura", text: "There is no effusion." },
    ];
    expect(renderSteps(steps)).toBe(
      "Step 1: Assess the lungs\nThe lungs are clear.\n\nStep 2: Assess the pleura\nThere is no effusion.",
    );
  });

  it("is read back as it was written", () => {
    const line = fc
      .stringMatching(/^[A-Za-z][A-Za-z0-9 .,]{0,30}[a-z.]$/)
      .filter((text) => !/^Step \d/.test(text));
    const steps = fc.array(fc.record({ title: line, text: line }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(steps, (given) => {
        expect(parseSteps(renderSteps(given))).toEqual(given);
      }),
    );
  });

  it("is not found in other text, nor where a step says nothing", () => {
    for (const text of ["", "The lungs are clear.", "Step 1: Assess the lungs", "Note\nStep 1: A\nB"]) {
      expect(parseSteps(text)).toBeUndefined();
    }
  });
});

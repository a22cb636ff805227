import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteSteps } from "./quote-steps.ts";

describe("steps that quote a report", () => {
  it("are its own sentences, neighbors of one region together", () => {
    const findings =
      "Heart size is normal. The mediastinum is unremarkable. The lungs are clear. No pleural effusion or pneumothorax. There is an old fracture of the left fifth rib.";
    expect(quoteSteps({ findings }).steps).toEqual([
      {
        title: "Assess the heart and mediastinum",
        text: "Heart size is normal. The mediastinum is unremarkable.",
      },
      { title: "Assess the lungs", text: "The lungs are clear." },
      { title: "Assess the pleura", text: "No pleural effusion or pneumothorax." },
      { title: "Assess the bones and soft tissues", text: "There is an old fracture of the left fifth rib." },
    ]);
  });

  it("leave out sentences of which words were taken out, and do not reach over them", () => {
    const findings =
      "The lungs are clear. There is XXXX opacity in the lung. No lung nodule. Seen on [**date**].";
    expect(quoteSteps({ findings })).toEqual({
      steps: [
        { title: "Assess the lungs", text: "The lungs are clear." },
        { title: "Assess the lungs", text: "No lung nodule." },
      ],
      masked: ["There is XXXX opacity in the lung.", "Seen on [**date**]."],
    });
  });

  it("hold nothing that the report does not, whatever it is", () => {
    const words = fc.constantFrom(
      "Lungs",
      "clear",
      "no",
      "heart",
      "XXXX",
      "3",
      "mm",
      "left",
      "effusion",
      "\n",
      ".",
      "  ",
      "é",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (said) => {
        const findings = said.join(" ");
        const plain = findings.replace(/\s+/g, " ");
        for (const { text } of quoteSteps({ findings }).steps) {
          expect(plain).toContain(text);
          expect(text).not.toContain("XXXX");
        }
      }),
    );
  });
});

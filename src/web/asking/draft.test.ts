import { describe, expect, it } from "vitest";
import { draftOf, isNothing, nothingWritten, withoutImage, writtenOf } from "./draft.ts";

const image = { name: "chest.png", address: "v1/demo/images/chest.png" };
const asked = {
  body: {
    question: "Which finding?",
    options: [{ label: "A", text: "Effusion" }],
    patientId: "p-1",
    slideId: "s-1",
  },
  images: [image],
};

describe("a question that is written", () => {
  it("is the same question after it was offered back: with image, options, patient and slide", () => {
    expect(draftOf(writtenOf(asked))).toEqual(asked);
  });

  it("names no patient once the patient's image is removed", () => {
    expect(draftOf(withoutImage(writtenOf(asked), image)).body).not.toHaveProperty("patientId");
  });

  it("leaves out options without a text, which alone are nothing", () => {
    const written = { ...nothingWritten, options: [{ label: "A", text: " " }] };
    expect(draftOf(written).body.options).toEqual([]);
    expect(isNothing(written)).toBe(true);
    expect(isNothing(writtenOf(asked))).toBe(false);
  });
});

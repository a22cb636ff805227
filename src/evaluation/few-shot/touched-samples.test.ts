import { expect, it } from "vitest";
import { makeSample } from "./test-samples.ts";
import { createTouchCheck } from "./touched-samples.ts";

it("tells what was asked with exemplars of the same image, patient or slide, or with a near copy", () => {
  const all = [
    makeSample("q", { patient: "p", slide: "s" }),
    makeSample("image", { image: "q" }),
    makeSample("patient", { patient: "p" }),
    makeSample("slide", { slide: "s", patient: "p" }),
    makeSample("copy"),
    makeSample("free"),
  ];
  const asked = (sample: string, ...shown: string[]) => ({
    sample,
    exemplars: shown.map((id) => ({ sample: id })),
  });
  const answers = [
    asked("q", "free", "slide"),
    asked("q", "image"),
    asked("image", "copy", "gone"),
    asked("free", "copy", "patient"),
    asked("gone", "q"),
  ];
  const options = {
    samples: new Map(all.map((sample) => [sample.id, sample])),
    relations: (id: string) => (id === "image" ? ["copy"] : []),
  };
  const check = createTouchCheck(options);
  for (const answer of [...answers, asked("patient")]) check.add(answer);
  expect(check.result()).toEqual({
    checked: 3,
    touched: { q: ["sameImage", "samePatient", "sameSlide"], image: ["nearIdentical"] },
  });
});

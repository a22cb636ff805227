import type { Sample } from "#evaluation";
import { createLeakCheck, type TestQuestion } from "#text";
import type { MadeRow } from "./made-row.ts";

/** An evaluation set that nothing made may hold. */
export type EvaluationSet = { name: string; samples: readonly Sample[] };

/** What a row holds of an evaluation set: words of a question or report, an image, or its patient. */
type RowLeak = { set: string; sample: string; reason: string };

/** `check` gives what a row leaks: nothing for nearly every row. */
type LeakGuard = { check(row: MadeRow): RowLeak[] };

/**
 * Guards made data against evaluation sets: by words, as `createLeakCheck` has it, by the bytes of images, and by patient. `maximum` is
 * 0.5 unless told.
 */
export function guardEvaluationSets(
  sets: readonly EvaluationSet[],
  { maximum }: { maximum?: number | undefined } = {},
): LeakGuard {
  const words = createLeakCheck(sets.flatMap(questionsOf), maximum === undefined ? {} : { maximum });
  const known = new Map<string, { set: string; sample: string }>();
  for (const { name, samples } of sets) {
    for (const { id, images, patient } of samples) {
      const place = { set: name, sample: id };
      for (const { sha256 } of images) known.set(`image ${sha256}`, place);
      if (patient !== "") known.set(`patient ${patient}`, place);
    }
  }
  return {
    check({ texts, images, patient }) {
      const said = words.check(texts.join("\n"));
      const marks = [
        ...images.map((sha256) => ({ key: `image ${sha256}`, reason: "same-image" })),
        { key: `patient ${patient}`, reason: "same-patient" },
      ];
      return [
        ...said.map(({ set, id, reason }) => ({ set, sample: id, reason })),
        ...marks.flatMap(({ key, reason }) => {
          const place = known.get(key);
          return place ? [{ ...place, reason }] : [];
        }),
      ];
    },
  };
}

function questionsOf({ name, samples }: EvaluationSet): TestQuestion[] {
  return samples.flatMap(({ id, question, gold, options }) => {
    const asked = { set: name, id, question, answer: null };
    switch (gold.type) {
      case "option":
        return [{ ...asked, answer: options.find(({ label }) => label === gold.label)?.text ?? null }];
      case "text":
        return [{ ...asked, answer: gold.texts[0] ?? null }];
      case "report":
        return [asked, { ...asked, question: gold.text }];
      default:
        return [asked];
    }
  });
}

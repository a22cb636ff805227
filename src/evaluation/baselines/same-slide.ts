import { type Baseline, toShares } from "./baseline.ts";
import { highest, openMajority } from "./majority.ts";

/**
 * The class that most other samples of the query's slide have, or of its patient where the slide is unknown; the majority's answer where
 * there are none. It looks at no image, and takes the same file alone for the same image: what it reaches shows how much the slide
 * alone tells.
 */
export const sameSlide: Baseline = {
  name: "same-slide",
  title: "Class of the same slide or patient",
  prepare({ samples, pool }) {
    if (!samples.some((sample) => pool.ofSlide(sample).length > 0)) return null;
    const majority = openMajority(samples);
    return (sample) => {
      const counts = new Map<string, number>();
      for (const place of pool.ofSlide(sample)) {
        const answer = pool.answers[place]!;
        counts.set(answer, (counts.get(answer) ?? 0) + 1);
      }
      return highest(toShares(counts, sample)) ?? majority(sample);
    };
  },
};

import { readCitationMarks } from "#reasoning";
import { evidenceOf } from "../evidence-of-trajectory.ts";
import type { Reward } from "../reward.ts";

/** So many documents at one place bear nothing in particular. */
const mostAtOnce = 4;
const longestRead = 64_000;

export const citations: Reward = {
  name: "citations",
  about:
    "−1 to 0: −0.5 where a citation [n] of thoughts or answer points to nothing that was found, and down to −1 as all do; −0.5 where more than four are cited at once.",
  read(trajectory) {
    const { thoughts, answer, found, retrieved } = trajectory;
    const text = [...thoughts, answer ?? ""].join("\n").slice(0, longestRead);
    const marks = readCitationMarks(text);
    if (marks.length === 0) return { value: null, reason: "Nothing is cited." };
    const hasFound = found.length + retrieved.length > 0;
    const real = new Set(hasFound ? evidenceOf(trajectory).map(({ number }) => number) : []);
    const cited = new Set(marks.flatMap(({ numbers }) => numbers));
    const invented = cited.difference(real).size / cited.size;
    const isStuffed = marks.some(({ start, numbers }, index) => {
      const fifth = marks[index + mostAtOnce];
      const isRow = fifth !== undefined && fifth.start - start <= 8 * mostAtOnce;
      return numbers.length > mostAtOnce || isRow;
    });
    return {
      value: Math.max(-1, -(invented === 0 ? 0 : Math.max(0.5, invented)) - (isStuffed ? 0.5 : 0)) + 0,
      flags: [...(invented > 0 ? ["invented-citation"] : []), ...(isStuffed ? ["citation-stuffing"] : [])],
    };
  },
};

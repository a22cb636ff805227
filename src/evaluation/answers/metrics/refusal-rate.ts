import { outcomeOf } from "../outcome-of.ts";
import { shareOf } from "./mean-of.ts";

/** Share of answers in which the model said that it would not answer, 0–1. */
export const refusalRate = shareOf({ name: "refusal-rate", title: "Refused", better: "lower" }, (sample) => {
  const outcome = outcomeOf(sample);
  return outcome && outcome === "refused";
});

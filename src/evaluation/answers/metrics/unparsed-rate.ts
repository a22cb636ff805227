import { outcomeOf } from "../outcome-of.ts";
import { shareOf } from "./mean-of.ts";

/** Share of answers in which no option or answer was found, 0–1; one that abstains is none of them. */
export const unparsedRate = shareOf(
  { name: "unparsed-rate", title: "Unparsed", better: "lower" },
  (sample) => {
    const outcome = outcomeOf(sample);
    return outcome && outcome === "unparsed";
  },
);

import { outcomeOf } from "../outcome-of.ts";
import { meanOf } from "./mean-of.ts";

/**
 * Share of right answers among those that say something, 0–1: what was not read, was refused or abstained from does not count, so it says
 * little without the abstention rate beside it (selective accuracy; El-Yaniv and Wiener 2010).
 */
export const answeredAccuracy = meanOf(
  { name: "answered-accuracy", title: "Right where it answers", better: "higher" },
  (scored) => (outcomeOf(scored) === "parsed" ? scored.correct : null),
);

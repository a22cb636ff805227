import type { EntityFinder } from "./entities/entity-finder.ts";
import type { SafetyChecklist } from "./safety/safety-checklist.ts";

/** What scores depend on beside the profile and the trajectories; it comes from outside. */
export type ScoringContext = {
  /** Content words where left out. */
  entityFinder?: EntityFinder | undefined;
  /** Safety is not checked where left out. */
  safetyChecklist?: SafetyChecklist | undefined;
};

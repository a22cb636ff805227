import type { PlannedEngine } from "./engine.ts";
import { msSwiftPlan } from "./ms-swift.ts";
import { trlPlan } from "./trl.ts";
import { verlPlan } from "./verl.ts";

export const plannedEngines: readonly PlannedEngine[] = [msSwiftPlan, trlPlan, verlPlan];

import type { TrainingEngine } from "../training-engine.ts";
import { msSwift } from "./ms-swift.ts";
import { trl } from "./trl.ts";
import { verl } from "./verl.ts";

/** The engines that data are exported for. */
export const trainingEngines: readonly TrainingEngine[] = [msSwift, trl, verl];

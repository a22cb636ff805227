import type { RewardProfile } from "../profile.ts";
import { hybrid } from "./hybrid.ts";
import { medR1 } from "./med-r1.ts";
import { medRwrPaper } from "./med-rwr-paper.ts";
import { medRwrStage1 } from "./med-rwr-stage1.ts";
import { medRwrStage2 } from "./med-rwr-stage2.ts";
import { medvlmR1 } from "./medvlm-r1.ts";
import { pathoAgentic } from "./patho-agentic.ts";

export const rewardProfiles: readonly RewardProfile[] = [
  medRwrPaper,
  medRwrStage1,
  medRwrStage2,
  medR1,
  medvlmR1,
  pathoAgentic,
  hybrid,
];

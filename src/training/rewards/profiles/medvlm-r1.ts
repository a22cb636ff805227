import { letterAccuracy } from "../components/letter-accuracy.ts";
import { thinkThenAnswer } from "../components/think-then-answer.ts";
import type { RewardProfile } from "../profile.ts";

export const medvlmR1: RewardProfile = {
  name: "medvlm-r1",
  version: 1,
  about: "MedVLM-R1's graded accuracy of a letter, and its format, without retrieval (arXiv 2502.19634).",
  components: [
    { reward: letterAccuracy, weight: 1 },
    { reward: thinkThenAnswer, weight: 1 },
  ],
};

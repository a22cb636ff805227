import { accuracy } from "../components/accuracy.ts";
import { thinkThenAnswer } from "../components/think-then-answer.ts";
import type { RewardProfile } from "../profile.ts";

export const medR1: RewardProfile = {
  name: "med-r1",
  version: 1,
  about: "Med-R1's accuracy and format, without retrieval (arXiv 2503.13939).",
  components: [
    { reward: accuracy, weight: 1 },
    { reward: thinkThenAnswer, weight: 1 },
  ],
};

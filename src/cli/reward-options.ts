import { type Command, Option } from "commander";
import type { RewardChoice } from "#assembly";

export type RewardOptions = {
  rewardProfile?: string;
  rewardTerms?: string;
  rewardSafety?: string;
  rewardGrammar?: string;
  rewardGold?: string;
};

/** Adds how completions of trainers are scored where their requests don't say it. */
export function addRewardOptions(command: Command): Command {
  const options = [
    new Option("--reward-profile <name>", "the profile where a request names none (default: med-rwr-stage2)"),
    new Option(
      "--reward-terms <corpus>",
      "a corpus of the library whose titles and synonyms are the medical entities, as an ontology's",
    ),
    new Option("--reward-safety <file>", "a checklist of unsafe advice in the place of the shipped one"),
    new Option(
      "--reward-grammar <name>",
      "how models write at /get_reward and /verify; their blocks behind queries are taken for what was found",
    ),
    new Option(
      "--reward-gold <path>",
      "a data set with what is right, for trainers that send nothing but text to /get_reward",
    ),
  ];
  for (const option of options) {
    command.addOption(option.helpGroup("Reward service, at /v1/score, /get_reward and /verify:"));
  }
  return command;
}

export function readRewardOptions(options: RewardOptions): { rewards: RewardChoice } {
  const { rewardProfile, rewardTerms, rewardSafety, rewardGrammar, rewardGold } = options;
  return {
    rewards: {
      profile: rewardProfile,
      terms: rewardTerms,
      safety: rewardSafety,
      grammar: rewardGrammar,
      gold: rewardGold,
    },
  };
}

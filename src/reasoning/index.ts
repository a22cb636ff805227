/**
 * The loop: a pure function over injected ports whose output is events; the policies that decide its steps, and the tools
 * they look things up with. Knows no library, no network and no clock of its own.
 * Imports contracts, transcript, text, statistics, platform.
 */
export { askAgain } from "./confidence/ask-again.ts";
export {
  applyCalibration,
  type Calibration,
  fitCalibration,
  readCalibration,
} from "./confidence/calibration.ts";
export { readOptionProbabilities } from "./confidence/option-probabilities.ts";
export { type ConfidenceSettings, defaultSamples, reconsiderations } from "./confidence/settings.ts";
export { type FollowedRound, followRound } from "./follow-round.ts";
export { readCitationMarks } from "./grounding/citation-marks.ts";
export { groundByWords } from "./grounding/ground-by-words.ts";
export { judgeDomain } from "./guards/judge-domain.ts";
export { runRound } from "./loop.ts";
export { modelPolicies } from "./policies/list.ts";
export { type Method, policyOfMethod } from "./policies/method.ts";
export { type GivenPrompt, promptedPolicy } from "./policies/prompted.ts";
export { reader } from "./policies/reader/reader.ts";
export type { Policy } from "./policy.ts";
export type {
  CaseImage,
  ImageInspection,
  LibraryPort,
  RecordsQuery,
  RoundImage,
  SearchServer,
  WebSearch,
} from "./ports.ts";
export { replayRound } from "./replay/replay-round.ts";
export { roundFromEvents } from "./round-from-events.ts";
export type { RoundLimits } from "./round-request.ts";

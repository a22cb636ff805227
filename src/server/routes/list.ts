import type { Route } from "../route.ts";
import { cancelRound } from "./cancel-round.ts";
import { caseImage } from "./case-image.ts";
import { caseValues } from "./case-values.ts";
import { compare } from "./compare.ts";
import { demoImage } from "./demo-image.ts";
import { evidence } from "./evidence.ts";
import { getReward } from "./get-reward.ts";
import { health, versionedHealth } from "./health.ts";
import { imageSimilarity } from "./image-similarity.ts";
import { metrics } from "./metrics.ts";
import { notice } from "./notice.ts";
import { queries } from "./queries.ts";
import { readRound } from "./read-round.ts";
import { retrieve } from "./retrieve.ts";
import { retrievePassages } from "./retrieve-passages.ts";
import { roundImage } from "./round-image.ts";
import { score } from "./score.ts";
import { search } from "./search.ts";
import { startRound } from "./start-round.ts";
import { system } from "./system.ts";
import { verify } from "./verify.ts";

/** Every address of the interface, in the order in which /openapi.json lists them. */
export const routes: readonly Route[] = [
  startRound,
  readRound,
  cancelRound,
  roundImage,
  search,
  compare,
  queries,
  retrieve,
  retrievePassages,
  imageSimilarity,
  score,
  getReward,
  verify,
  evidence,
  caseImage,
  caseValues,
  system,
  demoImage,
  notice,
  health,
  versionedHealth,
  metrics,
];

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetyChecklist } from "#training";

const file = "recipes/rewards/safety.yaml";

/** The checklist that is shipped. */
export const shippedSafetyChecklist = readSafetyChecklist(
  readFileSync(join(import.meta.dirname, "../..", file), "utf8"),
  file,
);

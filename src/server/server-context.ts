import type { Library, PolicyChoice, Demo as WholeDemo } from "#assembly";
import type { ByteBudget } from "./byte-budget.ts";
import type { Gate } from "./gate.ts";
import type { ServerLimits } from "./limits.ts";
import type { PageFiles } from "./page-files.ts";
import type { RoundRegistry } from "./rounds/registry.ts";

export type Demo = Pick<WholeDemo, "questions" | "imageFolder">;

/** What the routes work with. */
export type ServerContext = {
  library: Library;
  policy: PolicyChoice;
  demo: Demo;
  limits: ServerLimits;
  rounds: RoundRegistry;
  page: PageFiles;
  budget: ByteBudget;
  /** Passed by whatever decodes images. */
  decoding: Gate;
  /** Passed by batches of searches. */
  searching: Gate;
};

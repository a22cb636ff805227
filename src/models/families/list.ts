import { bge } from "./bge.ts";
import { bgeM3 } from "./bge-m3.ts";
import { contriever } from "./contriever.ts";
import { e5 } from "./e5.ts";
import type { Family } from "./family.ts";
import { medRwr } from "./med-rwr.ts";
import { medcpt } from "./medcpt.ts";
import { miniLm } from "./minilm.ts";
import { plain } from "./plain.ts";
import { specter } from "./specter.ts";

/** In the order in which a model's name is tried. */
export const families: readonly Family[] = [
  bgeM3,
  bge,
  medcpt,
  e5,
  miniLm,
  contriever,
  specter,
  medRwr,
  plain,
];

import { biomedclip } from "./biomedclip.ts";
import { clip } from "./clip.ts";
import { dino } from "./dino.ts";
import type { ImageFamily } from "./family.ts";
import { medclip } from "./medclip.ts";
import { medsiglip } from "./medsiglip.ts";
import { mobilenet } from "./mobilenet.ts";
import { plain } from "./plain.ts";
import { resnet } from "./resnet.ts";
import { siglip } from "./siglip.ts";
import { vit } from "./vit.ts";

/** In the order in which a model's name is tried. */
export const imageFamilies: readonly ImageFamily[] = [
  biomedclip,
  medclip,
  medsiglip,
  siglip,
  clip,
  mobilenet,
  resnet,
  dino,
  vit,
  plain,
];

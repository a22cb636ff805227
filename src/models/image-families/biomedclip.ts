import { clip } from "./clip.ts";
import type { ImageFamily } from "./family.ts";

/** BiomedCLIP (model card of microsoft/BiomedCLIP-PubMedBERT_256-vit_base_patch16_224; arXiv 2303.00915): texts filled up to 256 tokens. */
export const biomedclip: ImageFamily = {
  ...clip,
  name: "biomedclip",
  models: /biomed-?clip/i,
  text: { maxTokens: 256, padding: "full" },
};

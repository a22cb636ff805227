/** Means and deviations of red, green and blue, from 0 to 1, that many models share. */
export const imageNet = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
} as const;

/** Of OpenAI's CLIP (openai/CLIP, clip.py). */
export const clipPixels = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
} as const;

/** From −1 to 1. */
export const symmetric = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] } as const;

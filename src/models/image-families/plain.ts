import { type ImageFamily, projected } from "./family.ts";

/** For models of no family here, whose folder says how images are prepared. */
export const plain: ImageFamily = { name: "plain", outputs: projected, pooling: "mean" };

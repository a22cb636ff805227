import type { Raster } from "../raster.ts";
import coefficients from "./coefficients.json" with { type: "json" };
import type { KindModel } from "./kind-model.ts";
import { type KindVerdict, verdictAmong, verdictByPicture } from "./kind-verdict.ts";
import { type FileHint, kindsByFile } from "./kinds-by-file.ts";
import { pictureFeatures } from "./picture-features.ts";

const model = coefficients as KindModel;

/**
 * Tells what an image is: from what its DICOM file says where it says it, else from the picture. Measured on real images in
 * docs/quality-image-kind.md, with the time it takes.
 */
export function classifyImageKind(raster: Raster, hint: FileHint = {}): KindVerdict {
  const measures = () => Object.values(pictureFeatures(raster));
  const kinds = kindsByFile(hint);
  return kinds ? verdictAmong(kinds, measures, model) : verdictByPicture(model, measures());
}

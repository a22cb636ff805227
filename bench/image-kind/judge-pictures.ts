/** What the model says of pictures that it was not fitted on. */
import { createHash } from "node:crypto";
import { type KindVerdict, verdictByPicture } from "../../src/imaging/kind/kind-verdict.ts";
import { fitModel } from "./fit-model.ts";
import type { Measured } from "./measure-pictures.ts";

export type Judged = { picture: Measured; verdict: KindVerdict };

const folds = 5;

/** DICOM files are never fitted on: they are few pictures in many forms. */
export function forFitting(pictures: readonly Measured[]): Measured[] {
  return pictures.filter(({ source }) => source !== "dicom");
}

/** Each picture judged by a model of the four fifths of the groups that its own group is not among. */
export function crossValidate(pictures: readonly Measured[]): Judged[] {
  return Array.from({ length: folds }, (_, fold) =>
    judgeHeldOut(pictures, (picture) => foldOf(picture) === fold),
  ).flat();
}

/** Each picture that is held out judged by a model of the others. */
export function judgeHeldOut(
  pictures: readonly Measured[],
  isHeldOut: (picture: Measured) => boolean,
): Judged[] {
  const model = fitModel(
    forFitting(pictures).filter((picture) => !isHeldOut(picture)),
    "",
  );
  return pictures.filter(isHeldOut).map((picture) => ({
    picture,
    verdict: verdictByPicture(model, picture.looks[0] ?? []),
  }));
}

function foldOf({ group }: Measured): number {
  return (createHash("sha256").update(group).digest()[0] ?? 0) % folds;
}

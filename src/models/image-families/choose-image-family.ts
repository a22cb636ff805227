import { MedRoundsError } from "#contracts";
import type { ImageFamily } from "./family.ts";
import { imageFamilies } from "./list.ts";
import { plain } from "./plain.ts";

/**
 * The family that was named, else the first that one of the model's names belongs to, else `plain`.
 * @throws MedRoundsError `image-family-unknown`
 */
export function chooseImageFamily(named: string | undefined, modelNames: readonly string[]): ImageFamily {
  if (named === undefined) {
    return imageFamilies.find(({ models }) => modelNames.some((name) => models?.test(name))) ?? plain;
  }
  const family = imageFamilies.find(({ name }) => name === named);
  if (family !== undefined) return family;
  const known = imageFamilies.map(({ name }) => name).join(", ");
  const message = `There is no family ${named.slice(0, 80)} of image encoders; there is: ${known}.`;
  throw new MedRoundsError("image-family-unknown", message, { known });
}

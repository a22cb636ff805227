import { createRandom } from "#statistics";
import { pictureFeatures } from "../../src/imaging/kind/picture-features.ts";
import type { Raster } from "../../src/imaging/raster.ts";
import type { Picture } from "./pictures.ts";
import { grayPart, varyGray, varyStained } from "./vary-picture.ts";

/** A picture by its measures: as it is, then in other looks, which are for fitting alone. */
export type Measured = Omit<Picture, "load" | "file"> & {
  features: readonly string[];
  looks: readonly number[][];
};

const otherLooks = 2;

export async function measurePictures(pictures: readonly Picture[]): Promise<Measured[]> {
  const random = createRandom(6);
  const measured: Measured[] = [];
  for (const { load, file: _file, ...picture } of pictures) {
    const raster = await load();
    const found = [raster, ...looksOf(raster, picture.kind, random)].map(pictureFeatures);
    const looks = found.map((features) => Object.values(features));
    measured.push({ ...picture, features: Object.keys(found[0] ?? {}), looks });
  }
  return measured;
}

function looksOf(raster: Raster, kind: Picture["kind"], random: () => number): Raster[] {
  if (kind === "other" || kind === "figure") return [grayPart(raster, random)];
  const vary = kind === "histology" || kind === "cytology" ? varyStained : varyGray;
  // Of the kind with the fewest images each counts for more.
  const count = kind === "chest-lateral" ? otherLooks * 3 : otherLooks;
  return Array.from({ length: count }, () => vary(raster, random));
}

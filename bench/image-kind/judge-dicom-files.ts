/** What whole DICOM files are called, by what they say and where they say nothing by their picture: by the model that is shipped. */
import { readFile } from "node:fs/promises";
import { readImage } from "#imaging";
import type { Judged } from "./judge-pictures.ts";
import { allPictures } from "./pictures.ts";

export async function judgeDicomFiles(): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { load: _load, file, ...picture } of await allPictures()) {
    if (picture.source !== "dicom") continue;
    const bytes = await readFile(file);
    const { kind } = await readImage(bytes, { name: "file.dcm" });
    judged.push({ picture: { ...picture, features: [], looks: [] }, verdict: kind });
  }
  return judged;
}

import { type Comparison, MedRoundsError } from "#contracts";
import { decodeImage, matchRegions } from "#imaging";
import { findCaseImage, type Library } from "#library";
import { readBoundedFile } from "#platform";
import type { ImageSource } from "./load-image.ts";

/** Where an image and that of a case look alike. Throws `evidence-missing` where there is no such case, and the errors of reading an image. */
export async function compareCase(request: {
  library: Library;
  caseId: string;
  image: ImageSource;
  signal?: AbortSignal;
}): Promise<Comparison> {
  const { library, caseId, image, signal } = request;
  const options = signal ? { signal } : {};
  const stored = await findCaseImage(library, caseId);
  if (!stored) throw new MedRoundsError("evidence-missing", "There is no such case.");
  const { name, bytes } =
    typeof image === "string" ? { name: image, bytes: await readBoundedFile(image, options) } : image;
  const [query, found] = await Promise.all([
    decodeImage(bytes, { name, ...options }),
    decodeImage(stored.bytes, { name: stored.address, ...options }),
  ]);
  return matchRegions({ query: query.raster, found: found.raster });
}

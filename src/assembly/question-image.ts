import {
  type Box,
  cutBox,
  type DecodedImage,
  fingerprintOf,
  type ImageEmbedder,
  type ImageQuery,
  type Raster,
} from "#imaging";
import type { LibraryEncoders } from "./library-encoders.ts";
import type { LoadedImage } from "./load-image.ts";

/** An image of a question, with what is known of whose it is; `box` is the part of it that cases are to be similar to. */
export type QuestionImage = Pick<ImageQuery, "patientIds" | "studyId" | "slideId"> & {
  decoded: DecodedImage;
  box?: Box | undefined;
};

/** An image that was loaded, as a search takes it, with ids that a person gave beside its own. */
export function questionImage(
  { decoded, studyId }: Pick<LoadedImage, "decoded" | "studyId">,
  given: { patientIds: readonly string[]; slideId?: string | undefined; box?: Box | undefined },
): QuestionImage {
  const { patientIds, slideId, box } = given;
  return {
    decoded,
    patientIds,
    ...(slideId === undefined ? {} : { slideId }),
    ...(studyId === undefined ? {} : { studyId }),
    ...(box ? { box } : {}),
  };
}

/** Describes an image, or the box in it, by all that the library describes its own by. Throws `box-invalid`. */
export async function describeQuestionImage(
  { decoded, box, ...identity }: QuestionImage,
  by: { embedder: ImageEmbedder; encoders: LibraryEncoders; signal: AbortSignal | undefined },
): Promise<{ image: ImageQuery; notes: string[] }> {
  const { embedder, encoders, signal } = by;
  const part = box ? cutBox({ raster: decoded.raster, box, size: decoded }) : decoded.raster;
  const describe = (raster: Raster) => {
    return { descriptor: embedder.embed({ ...decoded, raster }), fingerprint: fingerprintOf(raster) };
  };
  const { encoded, notes } = await encoders.embedImage(part, signal);
  const { pixelHash } = decoded;
  const whole = box ? { whole: { ...describe(decoded.raster), pixelHash } } : {};
  return { image: { ...identity, ...describe(part), ...whole, pixelHash, encoded }, notes };
}

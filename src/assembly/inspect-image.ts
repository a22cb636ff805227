import { type ImageView, MedRoundsError } from "#contracts";
import { deriveImage, readImage } from "#imaging";
import { findCaseImage, type Library } from "#library";
import type { ImageInspection, RoundImage } from "#reasoning";
import type { LoadedImage } from "./load-image.ts";

/**
 * Makes new images of those of a round: a part of one, at another size, in another window, inverted, beside the image of a case. A window
 * needs the DICOM file, which is read again without what identifies persons; what a model is sent is again a PNG of pixels alone.
 */
export function createImageInspection(parts: {
  library: Library;
  loaded: readonly LoadedImage[];
}): ImageInspection {
  const originals = new Map(parts.loaded.map(({ image, original }) => [image, original]));
  return async ({ image, view, signal }) => {
    const { box, side, invert, window, caseId } = view;
    const original = originals.get(image);
    if (window && !original) {
      throw new MedRoundsError("image-view-invalid", "That image was no DICOM file, so it has no window.");
    }
    const source = window && original ? await readWindow(await original(), { window, signal }) : image;
    const stored = caseId === undefined ? undefined : await findCaseImage(parts.library, caseId);
    if (caseId !== undefined && !stored) {
      throw new MedRoundsError("evidence-missing", "There is no such case, or its image is gone.");
    }
    const { png, ...size } = await deriveImage(source, {
      ...(box ? { box } : {}),
      ...(side === undefined ? {} : { side }),
      ...(invert ? { invert } : {}),
      ...(stored ? { beside: { bytes: stored.bytes, name: stored.address } } : {}),
    });
    signal.throwIfAborted();
    const notes = source === image ? [] : source.notes;
    return {
      name: nameOf(image),
      bytes: png,
      mediaType: "image/png",
      kind: image.kind,
      notes: [...notes],
      ...size,
    };
  };
}

async function readWindow(
  bytes: Uint8Array,
  { window, signal }: { window: NonNullable<ImageView["window"]>; signal: AbortSignal },
) {
  const { stored, image } = await readImage(bytes, { name: "The DICOM file", window, signal });
  return { name: "The DICOM file", bytes: stored.bytes, notes: image.notes };
}

function nameOf({ name }: RoundImage): string {
  return `${name.replace(/(?: \(part\))?\.[^.]*$/, "")} (part).png`;
}

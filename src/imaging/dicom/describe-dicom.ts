import type { DicomFile } from "./data-set.ts";
import { type OpenImage, openImage, shapeOf } from "./decode-pixels.ts";
import { renderFrame } from "./display/render-frame.ts";
import type { SampleType } from "./pixel-array.ts";
import { type PixelSpacing, readPixelSpacing } from "./pixel-spacing.ts";
import { createPixelStatistics, type PixelStatistics } from "./pixel-statistics.ts";

/** What a DICOM file holds, without a value that could identify a person. */
export type DicomDescription = {
  format: "DICOM";
  transferSyntax: { uid: string; name: string };
  /** [frames, rows, columns, samples]; without frames where there is one, without samples where each pixel has one. */
  shape: number[];
  type: SampleType;
  photometric: string;
  bitsAllocated: number;
  bitsStored: number;
  spacing?: PixelSpacing;
  /** Sentences about how its first frame is shown. */
  display: string[];
} & PixelStatistics;

/** Decodes every frame once, one at a time. Throws as `decodePixels`; that a file can't be shown is said in `display`. */
export async function describeDicom(file: DicomFile): Promise<DicomDescription> {
  const opened = openImage(file);
  const { image } = opened;
  const statistics = await measure(opened);
  const { steps } = await renderFrame(file);
  const { dataSet, transferSyntax } = file;
  const spacing = readPixelSpacing(dataSet);
  return {
    format: "DICOM",
    transferSyntax,
    shape: shapeOf(image),
    type: image.type,
    ...statistics,
    photometric: image.photometric,
    bitsAllocated: image.bitsAllocated,
    bitsStored: image.bitsStored,
    ...(spacing ? { spacing } : {}),
    display: steps,
  };
}

async function measure({ image, decodeFrame }: OpenImage): Promise<PixelStatistics> {
  const statistics = createPixelStatistics();
  for (let index = 0; index < image.frames; index++) statistics.add((await decodeFrame(index)).data);
  return statistics.read();
}

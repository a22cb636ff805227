import { damaged, type ImagePixel } from "../image-pixel.ts";
import { bytesPerSample, makeSamples, type Samples } from "../pixel-array.ts";

/** What a compressed picture's own header says of it. */
export type CodedPicture = {
  width: number;
  height: number;
  components: number;
  /** Bits a sample. */
  precision: number;
  isSigned: boolean;
};

/** Checks a picture's header against the data set before a pixel is decoded. Throws `dicom-damaged`. */
export function checkPicture(picture: CodedPicture, image: ImagePixel): void {
  const { width, height, components, precision } = picture;
  const { rows, columns, samples, name } = image;
  if (width !== columns || height !== rows || components !== samples) {
    const facts = { width, height, components, rows, columns, samples };
    throw damaged(name, "holds a compressed picture of another size than its data set says", facts);
  }
  if (precision < 1 || precision > bytesPerSample(image.type) * 8) {
    throw damaged(name, `holds a compressed picture of ${precision} bits`, { precision });
  }
}

/** The samples in the image's type. Where the data set says signed and the picture doesn't, its top bit is the sign. */
export function fitSamples(
  samples: Samples,
  { precision, isSigned }: CodedPicture,
  image: ImagePixel,
): Samples {
  const fitted = makeSamples(image.type, samples.length);
  const isTurnedSigned = image.type.startsWith("int") && !isSigned;
  const shift = 32 - precision;
  if (!isTurnedSigned || precision === bytesPerSample(image.type) * 8) fitted.set(samples);
  else
    for (let index = 0; index < samples.length; index++) fitted[index] = (samples[index]! << shift) >> shift;
  return fitted;
}

/** Whether the bytes end with the end marker of JPEG, JPEG-LS and JPEG 2000, but for padding of zeros or ones. */
export function endsWithMarker(bytes: Uint8Array): boolean {
  let end = bytes.length;
  while (end > 2 && (bytes[end - 1] === 0 || bytes[end - 1] === 0xff)) end -= 1;
  return bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9;
}

import type { Picture } from "./picture.ts";
import { type Interpolation, resize } from "./resize.ts";

/** How an image becomes the input of a model, as its `preprocessor_config.json` says. Sides are in pixels. */
export type Preprocessing = {
  /** Made gray, by the weights of ITU-R BT.601, before anything else. */
  gray?: true;
  /** Laid on the middle of a black square of at least this side, so that the resized image keeps its proportions. */
  square?: number;
  /** The shorter side is made `shortest` long, or the image is stretched to width and height. */
  resize?: ({ shortest: number } | { width: number; height: number }) & { interpolation: Interpolation };
  /** Cut from the middle; where half a pixel is left over, it is `down`, or to the even pixel as torchvision does. */
  crop?: { width: number; height: number; half: "down" | "even" };
  /** Samples from 0 to 255 are multiplied by this. */
  rescale: number;
  /** Then, of red, green and blue: (value − mean) / deviation. */
  mean: readonly [number, number, number];
  deviation: readonly [number, number, number];
};

/** The input of a model for one image: planes of red, green and blue, rows from the top, [3 × height × width]. */
export type Planes = { width: number; height: number; values: Float32Array };

/** Images that are longer than this are squeezed, since a line of pixels would become gigabytes. */
const longestToShortest = 16;

export function preprocess(picture: Picture, preprocessing: Preprocessing): Planes {
  const { gray, square, resize: target, crop } = preprocessing;
  let prepared = gray === undefined ? picture : toGray(picture);
  if (square !== undefined) prepared = padToSquare(prepared, square);
  if (target !== undefined) {
    prepared = resize(prepared, { ...sizeOf(prepared, target), interpolation: target.interpolation });
  }
  if (crop !== undefined) prepared = cropMiddle(prepared, crop);
  return toPlanes(prepared, preprocessing);
}

function sizeOf(
  { width, height }: Picture,
  target: NonNullable<Preprocessing["resize"]>,
): { width: number; height: number } {
  if ("width" in target) return target;
  const { shortest } = target;
  const long = Math.trunc((shortest * Math.max(width, height)) / Math.min(width, height));
  const longest = Math.min(long, shortest * longestToShortest);
  return width <= height ? { width: shortest, height: longest } : { width: longest, height: shortest };
}

/** As Pillow's mode L: 16 binary places, rounded. */
function toGray({ width, height, channels, data }: Picture): Picture {
  if (channels === 1) return { width, height, channels, data };
  const gray = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 3, pixel * 3 + 3);
    return (red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16;
  });
  return { width, height, channels: 1, data: gray };
}

function padToSquare(picture: Picture, smallest: number): Picture {
  const side = Math.max(smallest, picture.width, picture.height);
  const left = Math.trunc((picture.width - side) / 2);
  const top = Math.trunc((picture.height - side) / 2);
  return cut(picture, { left, top, width: side, height: side });
}

function cropMiddle(picture: Picture, crop: NonNullable<Preprocessing["crop"]>): Picture {
  const { width, height, half } = crop;
  const place = (room: number) => (half === "down" ? Math.floor(room / 2) : roundToEven(room / 2));
  return cut(picture, {
    left: place(picture.width - width),
    top: place(picture.height - height),
    width,
    height,
  });
}

/** Python's `round`. */
function roundToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** A rectangle of a picture; what lies outside of it is black. */
function cut(
  picture: Picture,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): Picture {
  const { channels } = picture;
  if (left === 0 && top === 0 && width === picture.width && height === picture.height) return picture;
  const data = new Uint8Array(width * height * channels);
  const [from, to] = [Math.max(0, left), Math.min(picture.width, left + width)];
  for (let row = Math.max(0, top); row < Math.min(picture.height, top + height); row++) {
    const start = row * picture.width;
    const pixels = picture.data.subarray((start + from) * channels, (start + to) * channels);
    data.set(pixels, ((row - top) * width + from - left) * channels);
  }
  return { width, height, channels, data };
}

function toPlanes({ width, height, channels, data }: Picture, preprocessing: Preprocessing): Planes {
  const area = width * height;
  const values = new Float32Array(area * 3);
  const { rescale, mean, deviation } = preprocessing;
  for (const [plane, average] of mean.entries()) {
    const spread = deviation[plane] as number;
    const levels = Float32Array.from({ length: 256 }, (_, level) => (level * rescale - average) / spread);
    const channel = channels === 1 ? 0 : plane;
    for (let pixel = 0; pixel < area; pixel++) {
      values[plane * area + pixel] = levels[data[pixel * channels + channel] as number] as number;
    }
  }
  return { width, height, values };
}

import type { Picture } from "./picture.ts";

export type Interpolation = "bilinear" | "bicubic" | "lanczos";

/** Weight by distance, and the distance from which on it is 0 (Pillow, Resample.c). */
const filters: Record<Interpolation, { weigh: (distance: number) => number; support: number }> = {
  bilinear: { weigh: (distance) => Math.max(0, 1 - Math.abs(distance)), support: 1 },
  bicubic: { weigh: bicubic, support: 2 },
  lanczos: { weigh: lanczos, support: 3 },
};

/** Weights are integers of so many binary places, as in Pillow, so that the same pixels come out. */
const places = 22;

/**
 * Resizes as Pillow's `Image.resize` does, pixel for pixel: first along the rows, then along the columns, with a filter that widens when
 * the image shrinks (antialiasing), each pass rounded to 8 bits. Published encoders were trained on images made so.
 */
export function resize(
  picture: Picture,
  { width, height, interpolation }: { width: number; height: number; interpolation: Interpolation },
): Picture {
  const narrow = picture.width === width ? picture : resizeRows(picture, width, interpolation);
  return picture.height === height ? narrow : resizeColumns(narrow, height, interpolation);
}

function resizeRows(picture: Picture, width: number, interpolation: Interpolation): Picture {
  const { height, channels, data } = picture;
  const taps = weighTaps(picture.width, width, interpolation);
  const resized = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = row * picture.width * channels;
    for (let column = 0; column < width; column++) {
      const { start, weights } = taps[column] as Taps;
      const to = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 1 << (places - 1);
        let at = from + start * channels + channel;
        for (let tap = 0; tap < weights.length; tap++, at += channels) {
          sum += (data[at] as number) * (weights[tap] as number);
        }
        resized[to + channel] = toByte(sum);
      }
    }
  }
  return { width, height, channels, data: resized };
}

function resizeColumns(picture: Picture, height: number, interpolation: Interpolation): Picture {
  const { width, channels, data } = picture;
  const taps = weighTaps(picture.height, height, interpolation);
  const stride = width * channels;
  const resized = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const { start, weights } = taps[row] as Taps;
    for (let column = 0; column < stride; column++) {
      let sum = 1 << (places - 1);
      let at = start * stride + column;
      for (let tap = 0; tap < weights.length; tap++, at += stride) {
        sum += (data[at] as number) * (weights[tap] as number);
      }
      resized[row * stride + column] = toByte(sum);
    }
  }
  return { width, height, channels, data: resized };
}

function toByte(sum: number): number {
  return Math.min(255, Math.max(0, sum >> places));
}

/** The pixels of the source, from `start` on, that make one pixel of the result. */
type Taps = { start: number; weights: Int32Array };

function weighTaps(from: number, to: number, interpolation: Interpolation): Taps[] {
  const { weigh, support } = filters[interpolation];
  const scale = from / to;
  const widening = Math.max(1, scale);
  const reach = support * widening;
  return Array.from({ length: to }, (_, index) => {
    const center = (index + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(from, Math.trunc(center + reach + 0.5));
    const exact = Array.from({ length: end - start }, (_, tap) =>
      weigh((tap + start - center + 0.5) * (1 / widening)),
    );
    const sum = exact.reduce((total, weight) => total + weight, 0);
    const weights = exact.map((weight) => {
      const share = (weight / sum) * (1 << places);
      return Math.trunc(share < 0 ? share - 0.5 : share + 0.5);
    });
    return { start, weights: Int32Array.from(weights) };
  });
}

/** Cubic convolution with a = −1/2. */
function bicubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((x - 5) * x + 8) * x * -0.5 + 2 : 0;
}

function lanczos(distance: number): number {
  return Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

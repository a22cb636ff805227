import type { Colors } from "./color.ts";
import { boundLength } from "./normalization.ts";
import type { Plane } from "./plane.ts";

/**
 * How much hematoxylin, eosin and rest each pixel holds, in optical density (0 where it is white): color deconvolution by the stain
 * vectors of Ruifrok and Johnston (Anal Quant Cytol Histol 2001, section "Color deconvolution"). Other stains, such as that of
 * Papanicolaou, are told by the same three axes. The planes hold red, green and blue of 0–255.
 */
export function separateStains([red, green, blue]: Colors): [hematoxylin: Plane, eosin: Plane, rest: Plane] {
  const { width, height } = red;
  const [hematoxylin, eosin, rest] = [0, 1, 2].map(() => new Float32Array(width * height)) as Buffers;
  const [ofHematoxylin, ofEosin, ofRest] = unmixing;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const r = densities[Math.round(red.data[pixel]!)]!;
    const g = densities[Math.round(green.data[pixel]!)]!;
    const b = densities[Math.round(blue.data[pixel]!)]!;
    hematoxylin[pixel] = r * ofHematoxylin[0] + g * ofHematoxylin[1] + b * ofHematoxylin[2];
    eosin[pixel] = r * ofEosin[0] + g * ofEosin[1] + b * ofEosin[2];
    rest[pixel] = r * ofRest[0] + g * ofRest[1] + b * ofRest[2];
  }
  return [
    { width, height, data: hematoxylin },
    { width, height, data: eosin },
    { width, height, data: rest },
  ];
}

type Buffers = [Float32Array, Float32Array, Float32Array];

/** Optical density of each sample, black held at that of 1 in 256. */
const densities = Float32Array.from({ length: 256 }, (_, sample) => -Math.log10((sample + 1) / 256));

type Triple = readonly [number, number, number];

/** Optical density of hematoxylin, eosin and a third stain in red, green and blue. */
const stainVectors: readonly [Triple, Triple, Triple] = [
  [0.65, 0.704, 0.286],
  [0.072, 0.99, 0.105],
  [0.268, 0.57, 0.776],
];

/** What red, green and blue say of each stain: the inverse of the unit stain vectors, transposed. */
const unmixing: readonly [Triple, Triple, Triple] = (() => {
  const [h, e, r] = stainVectors.map(toUnit) as [Triple, Triple, Triple];
  const volume = dot(h, cross(e, r));
  const scale = ([x, y, z]: Triple): Triple => [x / volume, y / volume, z / volume];
  return [scale(cross(e, r)), scale(cross(r, h)), scale(cross(h, e))];
})();

function toUnit([x, y, z]: Triple): Triple {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function cross([a, b, c]: Triple, [x, y, z]: Triple): Triple {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

function dot([a, b, c]: Triple, [x, y, z]: Triple): number {
  return a * x + b * y + c * z;
}

/**
 * How strong each stain is and how it spreads: mean, mean absolute deviation, and second, third and fourth central moment, each as a
 * root of its order. 5 numbers a stain in optical density, the whole bounded to length 1.
 */
export function stainMoments(stains: readonly Plane[]): Float32Array {
  return boundLength(Float32Array.from(stains.flatMap(({ data }) => momentsOf(data))));
}

function momentsOf(values: Float32Array): number[] {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  const mean = sum / values.length;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let at = 0; at < values.length; at++) {
    const difference = values[at]! - mean;
    const square = difference * difference;
    first += Math.abs(difference);
    second += square;
    third += square * difference;
    fourth += square * square;
  }
  const count = values.length;
  return [
    mean,
    first / count,
    Math.sqrt(second / count),
    Math.cbrt(third / count),
    Math.sqrt(Math.sqrt(fourth / count)),
  ];
}

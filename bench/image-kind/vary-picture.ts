/** Other looks of a training picture, as other scanners, frames and stains would give it. The picture stays of its kind. */
import type { Raster } from "../../src/imaging/raster.ts";

type Random = () => number;

/** A gray picture gets a plain frame or loses some of its edges, and another contrast. */
export function varyGray(raster: Raster, random: Random): Raster {
  const power = 0.6 + random() * 1;
  const gain = 0.75 + random() * 0.25;
  const table = Uint8Array.from({ length: 256 }, (_, value) => 255 * gain * (value / 255) ** power);
  const toned = { ...raster, data: raster.data.map((value) => table[value]!) };
  if (random() < 0.4) return crop(toned, { share: 0.85 + random() * 0.15, random });
  return random() < 0.6 ? frame(toned, random) : toned;
}

/** A stained picture is magnified up to twice, and each channel gets another optical density and another light. */
export function varyStained(raster: Raster, random: Random): Raster {
  const tables = Array.from({ length: 3 }, () => {
    const [power, light] = [0.65 + random() * 0.8, 0.85 + random() * 0.15];
    return Uint8Array.from({ length: 256 }, (_, value) => 255 * light * (value / 255) ** power);
  });
  const data = raster.data.map((value, index) => tables[index % raster.channels]![value]!);
  return crop({ ...raster, data }, { share: 0.5 + random() * 0.5, random });
}

function crop(raster: Raster, { share, random }: { share: number; random: Random }): Raster {
  const [width, height] = [Math.floor(raster.width * share), Math.floor(raster.height * share)];
  const left = Math.floor(random() * (raster.width - width));
  const top = Math.floor(random() * (raster.height - height));
  return place(raster, { width, height, left: -left, top: -top, color: 0 });
}

function frame(raster: Raster, random: Random): Raster {
  const which = random();
  const more = () => 1 + random() * 0.8;
  const width = Math.floor(raster.width * (which < 0.7 ? more() : 1));
  const height = Math.floor(raster.height * (which > 0.3 ? more() : 1));
  const left = Math.floor(random() * (width - raster.width));
  const top = Math.floor(random() * (height - raster.height));
  return place(raster, { width, height, left, top, color: random() < 0.8 ? 0 : 255 });
}

type Placing = { width: number; height: number; left: number; top: number; color: number };

function place(raster: Raster, { width, height, left, top, color }: Placing): Raster {
  const { channels } = raster;
  const data = new Uint8Array(width * height * channels).fill(color);
  for (let row = Math.max(0, top); row < Math.min(height, top + raster.height); row++) {
    const from = Math.max(0, left);
    const count = Math.min(width, left + raster.width) - from;
    const start = ((row - top) * raster.width + from - left) * channels;
    data.set(raster.data.subarray(start, start + count * channels), (row * width + from) * channels);
  }
  return { width, height, channels, data };
}

/** A part of any picture without its colors: there are gray photographs and figures, too. */
export function grayPart(raster: Raster, random: Random): Raster {
  const { channels, data } = raster;
  const luma = Uint8Array.from({ length: raster.width * raster.height }, (_, cell) =>
    channels === 1
      ? data[cell]!
      : 0.299 * data[cell * 3]! + 0.587 * data[cell * 3 + 1]! + 0.114 * data[cell * 3 + 2]!,
  );
  return crop({ ...raster, channels: 1, data: luma }, { share: 0.5 + random() * 0.5, random });
}

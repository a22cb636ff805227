/**
 * Pictures that are none of the kinds, made by code: flat fields, noise, clouds, gradients, pages of text, plots, screens, drawings, and
 * two that stand in for photographs: leaves (disks of all sizes over one another, whose statistics are near those of photographs: Lee,
 * Mumford and Huang, IJCV 2001) and scenes (sky, ground, an animal with fur). Synthetic, and said to be so wherever they are counted.
 */
import sharp from "sharp";
import { createRandom } from "#statistics";
import type { Raster } from "../../src/imaging/raster.ts";

type Random = () => number;
type Color = [number, number, number];

const side = 256;

/** Each draws a picture of its family, another for another seed. */
export const families: Record<string, (random: Random) => Promise<Raster> | Raster> = {
  flat: (random) => {
    const color = anyColor(random);
    const grain = random() < 0.5 ? 0 : random() * 12;
    return paint(() => color.map((value) => value + (random() - 0.5) * grain) as Color);
  },
  noise: (random) => {
    const isGray = random() < 0.5;
    const range = 60 + random() * 195;
    const one = () => 128 + (random() - 0.5) * range;
    return paint(() => {
      const value = one();
      return isGray ? [value, value, value] : [value, one(), one()];
    });
  },
  clouds: (random) => {
    const field = clouds(random, random() < 0.5 ? 0.45 : 0.65);
    const [dark, light] = [anyColor(random), anyColor(random)];
    return paint((x, y) => mix(dark, light, field[y * side + x]!));
  },
  gradient: (random) => {
    const [first, second] = [anyColor(random), anyColor(random)];
    const [dx, dy, round] = [random() - 0.5, random() - 0.5, random() < 0.5];
    return paint((x, y) => {
      const [u, v] = [x / side - 0.5, y / side - 0.5];
      return mix(first, second, round ? Math.hypot(u, v) * 1.4 : u * dx * 2 + v * dy * 2 + 0.5);
    });
  },
  text: (random) => drawn(page(random), random),
  plot: (random) => drawn(plot(random), random),
  screen: (random) => drawn(screen(random), random),
  drawing: (random) => drawn(drawing(random), random),
  leaves: (random) => leaves(random, false),
  "leaves, gray": (random) => leaves(random, true),
  scene: (random) => scene(random, false),
  "scene, gray": (random) => scene(random, true),
};

export function drawNothing(family: string, seed: number): Promise<Raster> {
  const draw = families[family];
  if (!draw) throw new TypeError(`There is no family ${family}.`);
  return Promise.resolve(draw(createRandom(seed)));
}

function leaves(random: Random, isGray: boolean): Raster {
  const canvas = createCanvas(anyColor(random));
  const grain = clouds(random, 0.5);
  const tint = anyColor(random);
  for (let leaf = 0; leaf < 900; leaf++) {
    // Radii by the inverse cube, as in the model.
    const radius = Math.min(90, 3 / Math.sqrt(random() + 0.0011));
    const color = mix(tint, anyColor(random), 0.3 + random() * 0.7);
    canvas.disk({ x: random() * side, y: random() * side, radius, flat: 1, color });
  }
  return canvas.finish({ isGray, grain, strength: 20 + random() * 30, light: random() });
}

function scene(random: Random, isGray: boolean): Raster {
  const canvas = createCanvas([235, 240, 245]);
  const [sky, ground, fur] = [anyColor(random), anyColor(random), anyColor(random)];
  const horizon = side * (0.3 + random() * 0.4);
  const fieldOfGround = clouds(random, 0.7);
  canvas.fill((x, y) =>
    y < horizon
      ? mix(sky, [240, 244, 250], y / horizon)
      : mix(ground, [30, 30, 30], fieldOfGround[y * side + x]! * 0.7),
  );
  const [x, y, size] = [side * (0.3 + random() * 0.4), side * (0.5 + random() * 0.15), 25 + random() * 45];
  const dark = mix(fur, [20, 20, 20], 0.5);
  const parts: [number, number, number, number][] = [
    [0, 0.9, 1.5, 0.75],
    [0, -0.6, 0.85, 0.9],
    [-0.55, -1.35, 0.32, 1.4],
    [0.55, -1.35, 0.32, 1.4],
  ];
  for (const [dx, dy, radius, flat] of parts) {
    canvas.disk({ x: x + dx * size, y: y + dy * size, radius: radius * size, flat, color: fur, shade: dark });
  }
  for (const dx of [-0.33, 0.33]) {
    canvas.disk({
      x: x + dx * size,
      y: y - 0.7 * size,
      radius: size * 0.16,
      flat: 1,
      color: [15, 20, 15],
    });
  }
  return canvas.finish({
    isGray,
    grain: clouds(random, 0.8),
    strength: 30 + random() * 40,
    light: random(),
  });
}

function createCanvas(background: Color) {
  const pixels = Array.from({ length: side * side }, (): Color => background);
  return {
    fill(color: (x: number, y: number) => Color) {
      for (let cell = 0; cell < pixels.length; cell++)
        pixels[cell] = color(cell % side, Math.floor(cell / side));
    },
    disk(part: { x: number; y: number; radius: number; flat: number; color: Color; shade?: Color }) {
      const { x, y, radius, flat, color, shade = color } = part;
      for (
        let row = Math.max(0, Math.ceil(y - radius * flat));
        row < Math.min(side, y + radius * flat);
        row++
      ) {
        for (let column = Math.max(0, Math.ceil(x - radius)); column < Math.min(side, x + radius); column++) {
          const [u, v] = [(column - x) / radius, (row - y) / (radius * flat)];
          if (u * u + v * v < 1) pixels[row * side + column] = mix(color, shade, (u + v + 1.4) / 2.8);
        }
      }
    },
    finish(look: { isGray: boolean; grain: Float64Array; strength: number; light: number }): Raster {
      const { isGray, grain, strength, light } = look;
      return paint((x, y) => {
        const lit = 1 + (light - 0.5) * (x / side - 0.5) + (grain[y * side + x]! - 0.5) * (strength / 60);
        const [red, green, blue] = pixels[y * side + x]!;
        const gray = 0.299 * red + 0.587 * green + 0.114 * blue;
        return isGray ? [gray * lit, gray * lit, gray * lit] : [red * lit, green * lit, blue * lit];
      });
    },
  };
}

/** Value noise of six octaves, 0–1; `rough` is how much each finer octave counts. */
function clouds(random: Random, rough: number): Float64Array {
  const field = new Float64Array(side * side);
  let weight = 1;
  let total = 0;
  for (let cells = 2; cells <= 64; cells *= 2) {
    const knots = Float64Array.from({ length: (cells + 1) ** 2 }, random);
    for (let index = 0; index < field.length; index++) {
      const [x, y] = [((index % side) / side) * cells, (Math.floor(index / side) / side) * cells];
      const start = Math.floor(y) * (cells + 1) + Math.floor(x);
      const [u, v] = [x % 1, y % 1];
      const top = knots[start]! * (1 - u) + knots[start + 1]! * u;
      const bottom = knots[start + cells + 1]! * (1 - u) + knots[start + cells + 2]! * u;
      field[index]! += weight * (top * (1 - v) + bottom * v);
    }
    total += weight;
    weight *= rough;
  }
  return field.map((value) => value / total);
}

function paint(color: (x: number, y: number) => Color): Raster {
  const data = new Uint8Array(side * side * 3);
  for (let cell = 0; cell < side * side; cell++) {
    for (const [channel, value] of color(cell % side, Math.floor(cell / side)).entries()) {
      data[cell * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return asGray({ width: side, height: side, channels: 3, data });
}

/** A picture whose channels are equal everywhere is gray, as decoding makes it. */
function asGray(raster: Raster): Raster {
  const { data } = raster;
  for (let index = 0; index < data.length; index += 3) {
    if (data[index] !== data[index + 1] || data[index] !== data[index + 2]) return raster;
  }
  return { ...raster, channels: 1, data: data.filter((_, index) => index % 3 === 0) };
}

function mix(first: Color, second: Color, share: number): Color {
  const part = Math.min(1, Math.max(0, share));
  return first.map((value, channel) => value * (1 - part) + second[channel]! * part) as Color;
}

function anyColor(random: Random): Color {
  const gray = random() < 0.3 ? random() * 255 : undefined;
  return [gray ?? random() * 255, gray ?? random() * 255, gray ?? random() * 255];
}

async function drawn(body: string, random: Random): Promise<Raster> {
  const paper = random() < 0.25 ? "#181a1f" : random() < 0.3 ? "#f4efe2" : "#ffffff";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="${paper}"/>${body}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return asGray({ width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) });
}

function page(random: Random): string {
  const size = 9 + random() * 16;
  const lines = Array.from({ length: Math.floor(380 / (size * 1.5)) }, (_, line) => {
    const words = Array.from({ length: 3 + Math.floor(random() * 9) }, () => word(random)).join(" ");
    return `<text x="${14 + (random() < 0.1 ? 30 : 0)}" y="${20 + line * size * 1.5}" font-size="${size}" fill="${ink(random)}">${words}</text>`;
  });
  return lines.join("");
}

function plot(random: Random): string {
  const axes = '<path d="M40 20V360H380" stroke="#777" fill="none" stroke-width="2"/>';
  const names = Array.from(
    { length: 6 },
    (_, tick) =>
      `<text x="8" y="${355 - tick * 60}" font-size="12" fill="#888">${tick * 10}</text><text x="${50 + tick * 55}" y="380" font-size="12" fill="#888">${word(random)}</text>`,
  );
  if (random() < 0.5) {
    const bars = Array.from({ length: 9 }, (_, bar) => {
      const height = random() * 320;
      return `<rect x="${52 + bar * 36}" y="${360 - height}" width="24" height="${height}" fill="${hue(random)}"/>`;
    });
    return axes + names.join("") + bars.join("");
  }
  const curves = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    const points = Array.from({ length: 30 }, (_, step) => `${45 + step * 11},${40 + random() * 300}`);
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${hue(random)}" stroke-width="2"/>`;
  });
  return axes + names.join("") + curves.join("");
}

function screen(random: Random): string {
  const panels = Array.from({ length: 4 + Math.floor(random() * 8) }, () => {
    const [x, y] = [random() * 300, random() * 320];
    return `<rect x="${x}" y="${y}" width="${60 + random() * 160}" height="${30 + random() * 90}" rx="6" fill="${hue(random)}" fill-opacity="0.5"/><text x="${x + 8}" y="${y + 20}" font-size="13" fill="${ink(random)}">${word(random)} ${word(random)}</text>`;
  });
  return `<rect width="400" height="34" fill="${hue(random)}"/>${panels.join("")}`;
}

function drawing(random: Random): string {
  const shapes = Array.from({ length: 4 + Math.floor(random() * 14) }, () => {
    const at = () => (random() * 400).toFixed(0);
    const fill = random() < 0.6 ? hue(random) : "none";
    return `<path d="M${at()} ${at()}C${at()} ${at()} ${at()} ${at()} ${at()} ${at()}S${at()} ${at()} ${at()} ${at()}Z" fill="${fill}" stroke="#222" stroke-width="2"/><text x="${at()}" y="${at()}" font-size="14" fill="#222">${word(random)}</text>`;
  });
  return shapes.join("");
}

function word(random: Random): string {
  const letters = "etaoinshrdlucmfwypvbg";
  return Array.from({ length: 2 + Math.floor(random() * 9) }, () => letters[Math.floor(random() * 21)]).join(
    "",
  );
}

function ink(random: Random): string {
  return random() < 0.7 ? "#333333" : hue(random);
}

function hue(random: Random): string {
  return `hsl(${Math.floor(random() * 360)},${Math.floor(random() * 90)}%,${30 + Math.floor(random() * 50)}%)`;
}

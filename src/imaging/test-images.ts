/** Synthetic images and hand-made PNG chunks for this room's tests. */
import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** A color picture with structure, the same at each call. */
export function paint({ width, height }: { width: number; height: number }): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    data[pixel * 3] = 128 + 100 * Math.sin(x / 7) * Math.cos(y / 11);
    data[pixel * 3 + 1] = 100 + ((x * 31 + y * 17) % 50);
    data[pixel * 3 + 2] = (180 * y) / height + 40;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A gray picture of soft shapes with fine grain; each seed gives another. */
export function softShapes(seed: number, side = 200): Sharp {
  const data = new Uint8Array(side * side);
  for (let pixel = 0; pixel < data.length; pixel++) {
    const x = (pixel % side) / side;
    const y = Math.floor(pixel / side) / side;
    let sum = 0;
    for (let wave = 1; wave <= 6; wave++) {
      const turn = Math.sin(seed * 12.9898 + wave * 78.233) * 43_758.5453;
      sum += Math.sin(x * Math.cos(turn) * wave * 4 + y * Math.sin(turn) * wave * 4 + turn);
    }
    data[pixel] = 128 + 14 * sum + ((pixel * 7919) % 13);
  }
  return sharp(data, { raw: { width: side, height: side, channels: 1 } }).toColourspace("b-w");
}

/** An animated WebP of 8 × 8 pixels. */
export async function animatedWebp(frames: number): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 8 * 8 * 3 * frames }, (_, index) => (index * 7) % 251);
  return sharp(data, { raw: { width: 8, height: 8 * frames, channels: 3, pageHeight: 8 } })
    .webp({ lossless: true })
    .toBuffer();
}

export function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** The header chunk of an 8-bit gray PNG. */
export function pngHeader({ width, height }: { width: number; height: number }): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = 8;
  return pngChunk("IHDR", data);
}

export function pngOf(...chunks: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

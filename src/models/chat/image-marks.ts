import { randomUUID } from "node:crypto";

/**
 * Keeps images out of a request while its JSON is written: there they would be scanned and copied several times over. `mark` gives what
 * stands for an image, `fill` the JSON's bytes with every image, in the order in which they were marked, as base64.
 */
export function createImageMarks(): {
  mark(image: Uint8Array): string;
  fill(json: string): Buffer<ArrayBuffer>;
} {
  const mark = randomUUID();
  const images: Uint8Array[] = [];
  return {
    mark(image) {
      images.push(image);
      return mark;
    },
    fill(json) {
      const texts = json.split(mark).flatMap((piece, index) => {
        const image = images[index];
        return image ? [piece, toBase64(image)] : [piece];
      });
      const body = Buffer.allocUnsafeSlow(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
      texts.reduce((place, text) => place + body.write(text, place), 0);
      return body;
    },
  };
}

function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

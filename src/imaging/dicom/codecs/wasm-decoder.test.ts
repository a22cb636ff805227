import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { type WrittenImage, writeDicomImage } from "../../../../test/support/dicom-writer.ts";
import { decodePixels } from "../decode-pixels.ts";
import { readDicom } from "../read-dicom.ts";

type Picture = {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned: boolean;
};
type Encoder = {
  getDecodedBuffer(picture: Picture & { isUsingColorTransform?: boolean }): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setQuality?(isReversible: boolean, quality: number): void;
  setDecompositions?(count: number): void;
  setInterleaveMode?(mode: number): void;
  encode(): void;
};
type Codec = Record<"J2KEncoder" | "HTJ2KEncoder" | "JpegLSEncoder", new () => Encoder>;

const codecs: Codec[] = [];
beforeAll(async () => {
  const require = createRequire(import.meta.url);
  for (const name of ["openjpeg/wasmjs", "openjph", "charls/wasmjs"]) {
    codecs.push(
      await require(`@cornerstonejs/codec-${name}`)({ print: () => undefined, printErr: () => undefined }),
    );
  }
});

const syntaxes = {
  J2KEncoder: "1.2.840.10008.1.2.4.90",
  HTJ2KEncoder: "1.2.840.10008.1.2.4.201",
  JpegLSEncoder: "1.2.840.10008.1.2.4.80",
};
type Kind = keyof typeof syntaxes;

type Coded = {
  kind: Kind;
  picture: Picture;
  samples: Uint8Array | Uint16Array | Int16Array;
  isMixed?: boolean;
};

function encode({ kind, picture, samples, isMixed = false }: Coded): Buffer {
  const codec = codecs[Object.keys(syntaxes).indexOf(kind)]!;
  const encoder = new codec[kind]();
  const buffer = encoder.getDecodedBuffer({ ...picture, isUsingColorTransform: isMixed });
  buffer.set(new Uint8Array(samples.buffer));
  encoder.setQuality?.(true, 0);
  encoder.setDecompositions?.(1);
  if (picture.componentCount > 1) encoder.setInterleaveMode?.(2);
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

function decode(coded: Coded, bytes = encode(coded), changed: Partial<WrittenImage> = {}) {
  const { width, height, bitsPerSample, componentCount, isSigned } = coded.picture;
  const image = writeDicomImage({
    rows: height,
    columns: width,
    bitsAllocated: bitsPerSample > 8 ? 16 : 8,
    bitsStored: bitsPerSample,
    signed: isSigned,
    samples: componentCount === 3 ? 3 : 1,
    transferSyntax: syntaxes[coded.kind],
    pixels: { fragments: [bytes] },
    ...changed,
  });
  return decodePixels(readDicom(image, { name: "scan" }));
}

const picture = { width: 40, height: 30, bitsPerSample: 12, componentCount: 1, isSigned: false };
const gray = Uint16Array.from({ length: 1200 }, (_, index) => (index * 37) % 4096);
const color = Uint8Array.from({ length: 3600 }, (_, index) => (index * 91 + (index % 3) * 50) % 256);
const kinds = Object.keys(syntaxes) as Kind[];

describe.each(kinds)("a picture of a %s", (kind) => {
  it("gives its values back", async () => {
    const { data, type } = await decode({ kind, picture, samples: gray });
    expect(type).toBe("uint16");
    expect([...data]).toEqual([...gray]);
  });

  it("gives its colors back, side by side", async () => {
    const coded = { kind, picture: { ...picture, bitsPerSample: 8, componentCount: 3 }, samples: color };
    expect([...(await decode(coded)).data]).toEqual([...color]);
  });

  it("has its top bit as sign where the data set says signed", async () => {
    const { data } = await decode({ kind, picture, samples: gray }, undefined, { signed: true });
    expect([...data]).toEqual([...gray].map((value) => (value << 20) >> 20));
  });

  it("is refused where it is cut off, and where its size is another", async () => {
    const coded = { kind, picture, samples: gray };
    const bytes = encode(coded);
    for (const share of [0.3, 0.6, 0.9]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      await expect(decode(coded, cut)).rejects.toMatchObject({ code: "image-truncated" });
    }
    await expect(decode(coded, bytes, { rows: 31 })).rejects.toMatchObject({ code: "dicom-damaged" });
  });

  it("is refused where it is no such picture, and the next one is decoded", async () => {
    const coded = { kind, picture, samples: gray };
    const bytes = encode(coded);
    bytes.fill(0x55, bytes.length >> 2, bytes.length - 2);
    await decode(coded, bytes).catch((error: unknown) =>
      expect(error).toMatchObject({ code: expect.any(String) }),
    );
    expect([...(await decode(coded)).data]).toEqual([...gray]);
  });
});

describe("JPEG 2000", () => {
  it.each(["J2KEncoder", "HTJ2KEncoder"] as const)(
    "undoes its color transform and says so (%s)",
    async (kind) => {
      const coded = {
        kind,
        picture: { ...picture, bitsPerSample: 8, componentCount: 3 },
        samples: color,
        isMixed: true,
      };
      const pixels = await decode(coded, undefined, { photometric: "YBR_RCT" });
      expect([...pixels.data]).toEqual([...color]);
      expect(pixels.photometric).toBe("RGB");
    },
  );

  it("keeps signed values", async () => {
    const samples = Int16Array.from(gray, (value) => value - 2048);
    const { data } = await decode({ kind: "J2KEncoder", picture: { ...picture, isSigned: true }, samples });
    expect([...data]).toEqual([...samples]);
  });
});

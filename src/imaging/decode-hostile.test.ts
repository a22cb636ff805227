import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { decodeImage } from "./decode.ts";
import { animatedWebp, paint } from "./test-images.ts";

/** Decodes or refuses with a code of this room; any other outcome fails. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const { raster } = await decodeImage(bytes, { name: "fuzz" });
    expect(raster.data.length).toBe(raster.width * raster.height * raster.channels);
    return "decoded";
  } catch (error) {
    if (!MedRoundsError.is(error)) {
      throw error;
    }
    return error.code;
  }
}

const known = /^(decoded|file-empty|file-unsupported|image-(not-image|truncated|too-large|unreadable))$/;
const signatures = ["", "89504e470d0a1a0a", "ffd8ff", "524946460000000057454250"];

const files = await Promise.all([
  paint({ width: 40, height: 30 }).png().toBuffer(),
  paint({ width: 40, height: 30 }).jpeg({ progressive: true }).toBuffer(),
  paint({ width: 40, height: 30 })
    .jpeg()
    .withExif({ IFD0: { Artist: "X" } })
    .toBuffer(),
  paint({ width: 40, height: 30 }).webp().toBuffer(),
  animatedWebp(2),
]);

describe("hostile bytes", () => {
  it("random bytes behind any magic number decode or are refused with a code", async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signatures), bytes, async (signature, rest) => {
        expect(await outcomeOf(Buffer.concat([Buffer.from(signature, "hex"), rest]))).toMatch(known);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 2000, markInterruptAsFailure: false },
    );
  });

  it("files with flipped bits decode or are refused with a code", async () => {
    const flips = fc.array(
      fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), flips, async (file, changes) => {
        const bytes = Uint8Array.from(file);
        for (const [place, mask] of changes) {
          const index = Math.floor(place * bytes.length);
          bytes[index] = bytes[index]! ^ mask;
        }
        expect(await outcomeOf(bytes)).toMatch(known);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 2000, markInterruptAsFailure: false },
    );
  });

  it("no cut file is ever drawn", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        async (file, share) => {
          const outcome = await outcomeOf(file.subarray(0, Math.floor(share * file.length)));
          expect(outcome).toMatch(/^(file-empty|image-not-image|image-truncated)$/);
        },
      ),
      { numRuns: 200 },
    );
  });
});

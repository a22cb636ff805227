import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blankComments } from "./codestream-comments.ts";

const segment = (mark: number, content: string) =>
  Buffer.concat([Buffer.from([0xff, mark, 0, content.length + 2]), Buffer.from(content, "latin1")]);
const clean = (...parts: Uint8Array[]) => Buffer.concat(blankComments(parts)).toString("latin1");

describe("blankComments", () => {
  it("blanks comments and application data of JPEG, but not what decoders read", () => {
    const soi = Buffer.from([0xff, 0xd8]);
    const parts = [
      segment(0xe0, "JFIF\0"),
      segment(0xfe, "Zorvak"),
      segment(0xe1, "Exif Zorvak"),
      segment(0xee, "Adobe"),
    ];
    const cleaned = clean(Buffer.concat([soi, ...parts, segment(0xda, "scan"), segment(0xfe, "data")]));
    expect(cleaned).not.toContain("Zorvak");
    for (const kept of ["JFIF", "Adobe", "scan", "data"]) expect(cleaned).toContain(kept);
  });

  it("blanks a comment that goes on in the next fragment", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xfe, "Zorvak"), segment(0xda, "s")]);
    expect(clean(bytes.subarray(0, 9), bytes.subarray(9))).not.toMatch(/Zor|vak/);
  });

  it("blanks comments of JPEG 2000 in the main header and in each tile part", () => {
    const tilePart = (comment: string) => {
      const rest = Buffer.concat([segment(0x64, `\0\x01${comment}`), Buffer.from([0xff, 0x93, 1, 2, 3, 4])]);
      const start = Buffer.from([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1]);
      start.writeUInt32BE(start.length + rest.length, 6);
      return Buffer.concat([start, rest]);
    };
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0x4f]),
      segment(0x51, "size"),
      segment(0x64, "\0\x01Zorvak"),
      tilePart("Keldor"),
      tilePart("Mirvok"),
    ]);
    expect(clean(bytes)).not.toMatch(/Zorvak|Keldor|Mirvok/);
    expect(clean(bytes)).toContain("size");
  });

  it("keeps the length of every fragment and leaves the given bytes alone, whatever they hold", () => {
    const fragment = fc
      .uint8Array({ maxLength: 60 })
      .chain((tail) =>
        fc.constantFrom([], [0xff, 0xd8], [0xff, 0x4f]).map((head) => Uint8Array.from([...head, ...tail])),
      );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 4 }), (fragments) => {
        const before = fragments.map((bytes) => bytes.slice());
        expect(blankComments(fragments).map(({ length }) => length)).toEqual(
          before.map(({ length }) => length),
        );
        expect(fragments).toEqual(before);
      }),
    );
  });
});

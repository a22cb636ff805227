const startOfImage = 0xffd8;
const startOfScan = 0xffda;
const endOfImage = 0xffd9;
const jpegComment = 0xfffe;
const startOfCodestream = 0xff4f;
const startOfTilePart = 0xff90;
const startOfData = 0xff93;
const jpeg2000Comment = 0xff64;
/** JFIF, color transforms of JPEG-LS, Adobe's: what decoders read. */
const readByDecoders = new Set([0xffe0, 0xffe8, 0xffee]);
const longestReadSegment = 64;

/**
 * Blanks comments and application data in the codestreams of encapsulated pixels without changing a length, so that every offset
 * stays true: COM and APPn of JPEG and JPEG-LS (ITU-T T.81 B.2.4), COM of JPEG 2000 (T.800 A.9.2). Video is left as it is.
 *
 * Takes the fragments without the basic offset table; returns copies.
 */
export function blankComments(fragments: readonly Uint8Array[]): Uint8Array[] {
  const bytes = Buffer.concat(fragments);
  let offset = 0;
  return fragments.map(({ length }) => {
    const start = offset;
    offset += length;
    const mark = length >= 2 ? bytes.readUInt16BE(start) : 0;
    if (mark === startOfImage) blankJpeg(bytes, start + 2);
    if (mark === startOfCodestream) blankJpeg2000(bytes, start + 2);
    return bytes.subarray(start, offset);
  });
}

/** Walks the marker segments up to the first scan. */
function blankJpeg(bytes: Buffer, start: number): void {
  for (const { mark, from, to } of segments(bytes, start)) {
    if (mark === startOfScan || mark === endOfImage) return;
    const isApplication = mark >= 0xffe0 && mark <= 0xffef;
    const isRead = readByDecoders.has(mark) && to - from <= longestReadSegment;
    if (mark === jpegComment || (isApplication && !isRead)) bytes.fill(0x20, from, to);
  }
}

/** Walks the main header and the header of each tile part, which says where the next one begins. */
function blankJpeg2000(bytes: Buffer, start: number): void {
  let next = start;
  while (next !== 0) {
    const header = segments(bytes, next);
    let tilePart = 0;
    next = 0;
    for (const { mark, from, to } of header) {
      if (mark === startOfTilePart && tilePart !== 0) break;
      if (mark === startOfTilePart && to - from >= 6) tilePart = from - 4 + bytes.readUInt32BE(from + 2);
      // The first two bytes of a comment say what kind it is.
      if (mark === jpeg2000Comment) bytes.fill(0x20, Math.min(from + 2, to), to);
      if (mark === startOfData) {
        next = tilePart > from ? tilePart : 0;
        break;
      }
    }
  }
}

/** Marker segments from an offset on: the mark, and where its content begins and ends. Ends where no segment stands. */
function* segments(bytes: Buffer, start: number): Generator<{ mark: number; from: number; to: number }> {
  let offset = start;
  while (offset + 4 <= bytes.length) {
    const mark = bytes.readUInt16BE(offset);
    if (mark < 0xff01) return;
    // Any number of bytes FF may stand before a mark (T.81 B.1.1.2).
    if (mark === 0xffff) {
      offset += 1;
      continue;
    }
    const from = offset + 4;
    const to = offset + 2 + bytes.readUInt16BE(offset + 2);
    yield { mark, from, to: Math.min(Math.max(to, from), bytes.length) };
    if (to < from) return;
    offset = to;
  }
}

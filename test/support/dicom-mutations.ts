/** Ways to spoil a valid DICOM file, for fuzzing: each takes bytes and numbers in [0, 1), and gives other bytes. */
type Mutation = (bytes: Buffer, random: () => number) => Buffer;

const headerBytes = 2_048;

const pick = (random: () => number, limit: number) => Math.floor(random() * limit);

/** A place: often in the header, where it does most. */
function place(bytes: Buffer, random: () => number): number {
  const from = Math.min(132, Math.max(0, bytes.length - 1));
  const limit = random() < 0.3 ? Math.min(bytes.length, headerBytes) : bytes.length;
  return from + pick(random, Math.max(1, limit - from));
}

const flipBits: Mutation = (bytes, random) => {
  for (let count = 2 ** pick(random, 5); count > 0; count--) {
    const offset = place(bytes, random);
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << pick(random, 8));
  }
  return bytes;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, pick(random, bytes.length));

const absurdNumbers = [0xffffffff, 0xfffffffe, 0x7fffffff, 0x80000000, 0x0000ffff, 0x00ffffff, 1, 0];

/** Writes a length, or what may be taken for one, at an even place. */
const absurdLength: Mutation = (bytes, random) => {
  for (let count = 1 + pick(random, 4); count > 0; count--) {
    const offset = place(bytes, random) & ~1;
    const value = absurdNumbers[pick(random, absurdNumbers.length)] ?? 0;
    if (offset + 4 <= bytes.length) bytes.writeUInt32LE(value, offset);
  }
  return bytes;
};

/** Rows, columns, frames, samples, bits: tag and VR as explicit little endian has them. */
const sizes = [
  "\x28\x00\x10\x00US",
  "\x28\x00\x11\x00US",
  "\x28\x00\x02\x00US",
  "\x28\x00\x00\x01US",
  "\x28\x00\x01\x01US",
];

/** 65,535 rows of 65,535 columns, and other numbers that no picture has. */
const absurdSize: Mutation = (bytes, random) => {
  const chosen = random() < 0.5 ? sizes.slice(0, 2) : sizes.filter(() => random() < 0.5);
  for (const mark of chosen) {
    const offset = bytes.indexOf(mark, 0, "latin1");
    const value = [65_535, 65_535, 32_768, 16_384, 9_999, 64, 0][pick(random, 7)] ?? 0;
    if (offset >= 0 && offset + 10 <= bytes.length) bytes.writeUInt16LE(value, offset + 8);
  }
  const frames = bytes.indexOf("\x28\x00\x08\x00IS", 0, "latin1");
  if (frames >= 0 && random() < 0.5) bytes.fill("9", frames + 8, frames + 8 + bytes.readUInt16LE(frames + 6));
  return bytes;
};

/** Sequences in sequences of undefined length, up to thousands deep, in front of the pixels. */
const nest: Mutation = (bytes, random) => {
  const depth = 2 ** (1 + pick(random, 13));
  const open = Buffer.from(
    "\x08\x00\x15\x11SQ\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff",
    "latin1",
  );
  const closed = Buffer.from("\xfe\xff\x0d\xe0\x00\x00\x00\x00\xfe\xff\xdd\xe0\x00\x00\x00\x00", "latin1");
  const levels = (part: Buffer) => Buffer.concat(Array<Buffer>(depth).fill(part));
  const start = Math.max(0, bytes.indexOf("\x28\x00\x02\x00US", 0, "latin1"));
  const ends = random() < 0.5 ? [levels(closed)] : [];
  return Buffer.concat([bytes.subarray(0, start), levels(open), ...ends, bytes.subarray(start)]);
};

const copyPart: Mutation = (bytes, random) => {
  const from = place(bytes, random);
  const part = Buffer.from(bytes.subarray(from, from + 1 + pick(random, 512)));
  const to = place(bytes, random);
  if (random() < 0.5) part.copy(bytes, to);
  else return Buffer.concat([bytes.subarray(0, to), part, bytes.subarray(to)]);
  return bytes;
};

const dropPart: Mutation = (bytes, random) => {
  const from = place(bytes, random);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + pick(random, 256))]);
};

const fillPart: Mutation = (bytes, random) => {
  const from = place(bytes, random);
  return bytes.fill(pick(random, 256), from, Math.min(bytes.length, from + 1 + pick(random, 4_096)));
};

const mutations: readonly Mutation[] = [
  flipBits,
  flipBits,
  flipBits,
  flipBits,
  truncate,
  absurdLength,
  absurdLength,
  absurdSize,
  nest,
  copyPart,
  dropPart,
  fillPart,
  fillPart,
];

/** A copy of the file, spoiled once or several times. */
export function spoil(file: Uint8Array, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(file);
  do {
    const mutation = mutations[pick(random, mutations.length)] ?? flipBits;
    bytes = mutation(bytes, random);
  } while (random() < 0.3);
  return Buffer.from(bytes);
}

/** Character sets without code extensions, and the ones that G1 holds at the start with them (PS3.3 C.12.1.1.2, tables C.12-2 to 5). */
const singleSets: Record<string, string> = {
  "ISO_IR 6": "ascii",
  "ISO_IR 100": "iso-8859-1",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 109": "iso-8859-3",
  "ISO_IR 110": "iso-8859-4",
  "ISO_IR 144": "iso-8859-5",
  "ISO_IR 127": "iso-8859-6",
  "ISO_IR 126": "iso-8859-7",
  "ISO_IR 138": "iso-8859-8",
  "ISO_IR 148": "iso-8859-9",
  "ISO_IR 203": "iso-8859-15",
  "ISO_IR 13": "shift_jis",
  "ISO_IR 166": "windows-874",
  "ISO_IR 192": "utf-8",
  GB18030: "gb18030",
  GBK: "gbk",
};

type Register = "low" | "high";
/** What an escape sequence puts into a register: an encoding, and how the bytes are changed for it. */
type Designation = { register: Register; encoding: string; prepare?: (bytes: Uint8Array) => Uint8Array };

const setHighBits = (bytes: Uint8Array) => bytes.map((byte) => byte | 0x80);
const asThirdSet = (bytes: Uint8Array) => {
  const pairs = setHighBits(bytes);
  const marked = new Uint8Array(Math.ceil(pairs.length / 2) * 3);
  for (let pair = 0; pair * 2 < pairs.length; pair++) {
    marked.set([0x8f, ...pairs.subarray(pair * 2, pair * 2 + 2)], pair * 3);
  }
  return marked;
};

/** Escape sequences without their ESC (PS3.3 tables C.12-3 and C.12-4). */
const escapes: Record<string, Designation> = {
  "(B": { register: "low", encoding: "ascii" },
  "(J": { register: "low", encoding: "ascii" },
  "-A": { register: "high", encoding: "iso-8859-1" },
  "-B": { register: "high", encoding: "iso-8859-2" },
  "-C": { register: "high", encoding: "iso-8859-3" },
  "-D": { register: "high", encoding: "iso-8859-4" },
  "-L": { register: "high", encoding: "iso-8859-5" },
  "-G": { register: "high", encoding: "iso-8859-6" },
  "-F": { register: "high", encoding: "iso-8859-7" },
  "-H": { register: "high", encoding: "iso-8859-8" },
  "-M": { register: "high", encoding: "iso-8859-9" },
  "-b": { register: "high", encoding: "iso-8859-15" },
  "-T": { register: "high", encoding: "windows-874" },
  ")I": { register: "high", encoding: "shift_jis" },
  $B: { register: "low", encoding: "euc-jp", prepare: setHighBits },
  "$(D": { register: "low", encoding: "euc-jp", prepare: asThirdSet },
  "$)C": { register: "high", encoding: "euc-kr" },
  "$)A": { register: "high", encoding: "gbk" },
};

const escapeByte = 0x1b;
/** Bytes that put the registers back: line ends, form feed, tab, and what parts values and components of names. */
const delimiters = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x3d, 0x5c, 0x5e]);

/**
 * Text of a data set with these character sets. Bytes that mean nothing become U+FFFD; unknown sets are read as ISO 8859-1, so that
 * no byte is lost. Sets with code extensions (ISO 2022) are followed by their escape sequences.
 */
export function decodeText(bytes: Uint8Array, characterSets: readonly string[]): string {
  const first = encodingOf(characterSets[0] ?? "");
  const extended = characterSets.length > 1 || (characterSets[0] ?? "").startsWith("ISO 2022");
  return extended && bytes.includes(escapeByte) ? decodeExtended(bytes, first) : decode(bytes, first);
}

function encodingOf(characterSet: string): string {
  const name = characterSet.trim().toUpperCase().replace("ISO 2022 IR", "ISO_IR");
  if (name === "") return "ascii";
  return singleSets[name] ?? "iso-8859-1";
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function decodeExtended(bytes: Uint8Array, first: string): string {
  const initial = {
    low: { register: "low", encoding: "ascii" },
    high: { register: "high", encoding: first },
  } as const;
  let registers: Record<Register, Designation> = { ...initial };
  let text = "";
  let offset = 0;
  while (offset < bytes.length) {
    const byte = bytes[offset]!;
    if (byte === escapeByte) {
      const found = designationAt(bytes, offset + 1);
      if (found) registers[found.designation.register] = found.designation;
      offset += 1 + (found?.length ?? 0);
      continue;
    }
    // A byte of two-byte text in the low register may look like a delimiter, so only ESC ends such a run.
    const isDoubleByte = byte < 0x80 && registers.low.prepare !== undefined;
    if (!isDoubleByte && delimiters.has(byte)) {
      registers = { ...initial };
      text += String.fromCharCode(byte);
      offset += 1;
      continue;
    }
    const end = runEnd(bytes, offset, isDoubleByte);
    const { encoding, prepare } = byte < 0x80 ? registers.low : registers.high;
    const run = bytes.subarray(offset, end);
    text += decode(prepare ? prepare(run) : run, encoding);
    offset = end;
  }
  return text;
}

function designationAt(bytes: Uint8Array, offset: number) {
  for (const length of [3, 2]) {
    const designation = escapes[String.fromCharCode(...bytes.subarray(offset, offset + length))];
    if (designation) return { designation, length };
  }
  return undefined;
}

/** The end of the bytes that one register decodes. Two-byte sets of the high register keep to high bytes, as EUC does. */
function runEnd(bytes: Uint8Array, from: number, isDoubleByte: boolean): number {
  const isHigh = bytes[from]! >= 0x80;
  let offset = from + 1;
  while (offset < bytes.length) {
    const byte = bytes[offset]!;
    const isOther = byte >= 0x80 !== isHigh || (!isDoubleByte && delimiters.has(byte));
    if (byte === escapeByte || isOther) break;
    offset += 1;
  }
  return offset;
}

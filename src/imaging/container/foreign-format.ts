/** Formats recognized in order to say that they are not read. `?` in a signature stands for any byte. */
const formats: { format: string; offset: number; signature: string }[] = [
  { format: "GIF", offset: 0, signature: "GIF8" },
  { format: "BMP", offset: 0, signature: "BM????\x00\x00\x00\x00" },
  { format: "HEIF or AVIF", offset: 4, signature: "ftyp" },
  { format: "JPEG 2000", offset: 4, signature: "jP  \r\n" },
  { format: "JPEG XL", offset: 4, signature: "JXL \r\n" },
  { format: "JPEG XL", offset: 0, signature: "\xff\x0a" },
  { format: "PDF", offset: 0, signature: "%PDF-" },
];

/** The name of a known format that this room does not read, by its magic number; `null` where there is none. */
export function nameForeignFormat(bytes: Uint8Array): string | null {
  const isFound = ({ offset, signature }: { offset: number; signature: string }) =>
    [...signature].every(
      (character, index) => character === "?" || bytes[offset + index] === character.charCodeAt(0),
    );
  return formats.find(isFound)?.format ?? null;
}

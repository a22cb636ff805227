import { inflateRawSync } from "node:zlib";

/** The entries of a zip archive by name, read through its central directory (PKWARE APPNOTE 4.3.12); no zip64. */
export function readZipEntries(archive: Buffer): Map<string, () => Buffer> {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const entries = new Map<string, () => Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const local = archive.readUInt32LE(at + 42);
    entries.set(archive.toString("utf8", at + 46, at + 46 + name), () => {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const content = archive.subarray(start, start + size);
      return method === 0 ? content : inflateRawSync(content);
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

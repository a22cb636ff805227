import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { type Failure, MedRoundsError, toFailure } from "#contracts";

const lineLimit = 16 * 1024 * 1024;
const expansionGrace = 64 * 1024 * 1024;
const expansionLimit = 200;

/** A line of a JSON-lines file: its number from 1, and the object on it or why there is none. `bytes` of the file were read so far. */
export type JsonLine = { line: number; bytes: number } & (
  | { type: "object"; value: Record<string, unknown> }
  | { type: "refused"; failure: Failure }
);

/**
 * Reads a JSON-lines file, also gzipped (RFC 1952), line by line in constant memory. Empty lines are passed over. A bad line
 * is refused alone; damage to the file itself (`file-compression-broken`, or `file-expands-too-far` beyond 64 MB when it
 * expands over 200-fold) is thrown after the lines before it were given.
 */
export async function* readJsonLines(file: string, signal?: AbortSignal): AsyncGenerator<JsonLine> {
  let number = 0;
  for await (const { line, bytes } of readLines(file, signal)) {
    number++;
    if (line === "too-long") {
      yield { line: number, bytes, type: "refused", failure: tooLong(number) };
      continue;
    }
    if (line.length === 0 || isBlank(line)) continue;
    yield { line: number, bytes, ...parseLine(line, number) };
  }
}

function tooLong(line: number): Failure {
  return toFailure(new MedRoundsError("row-too-long", `Line ${line} is longer than 16 MB.`, { line }));
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function parseLine(
  line: Uint8Array,
  number: number,
): { type: "object"; value: Record<string, unknown> } | { type: "refused"; failure: Failure } {
  try {
    const value: unknown = JSON.parse(decoder.decode(line));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { type: "object", value: value as Record<string, unknown> };
    }
  } catch {
    // Reported below, like JSON that is not an object.
  }
  const message = `Line ${number} is not a JSON object.`;
  return {
    type: "refused",
    failure: toFailure(new MedRoundsError("row-not-json", message, { line: number })),
  };
}

async function* readLines(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<{ line: Uint8Array | "too-long"; bytes: number }> {
  let kept: Buffer[] = [];
  let keptLength = 0;
  let overlong = false;
  const take = (piece: Buffer): Uint8Array | "too-long" => {
    const line = kept.length === 0 ? piece : Buffer.concat([...kept, piece]);
    const result = overlong || line.length > lineLimit ? "too-long" : line;
    kept = [];
    keptLength = 0;
    overlong = false;
    return result;
  };
  let bytes = 0;
  for await (const chunk of readChunks(file, signal)) {
    const before = bytes;
    bytes = chunk.bytes;
    let start = 0;
    for (let end = chunk.data.indexOf(10); end !== -1; end = chunk.data.indexOf(10, start)) {
      const line = take(chunk.data.subarray(start, end));
      start = end + 1;
      yield { line, bytes: before + Math.round((bytes - before) * (start / chunk.data.length)) };
    }
    const rest = chunk.data.subarray(start);
    if (overlong || rest.length === 0) continue;
    kept.push(rest);
    keptLength += rest.length;
    if (keptLength > lineLimit) {
      overlong = true;
      kept = [];
    }
  }
  if (overlong || keptLength > 0) yield { line: take(Buffer.alloc(0)), bytes };
}

async function* readChunks(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<{ data: Buffer; bytes: number }> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) });
  if (!file.endsWith(".gz")) {
    for await (const data of source) yield { data, bytes: source.bytesRead };
    return;
  }
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  let expanded = 0;
  try {
    for await (const data of unpacked) {
      expanded += data.length;
      if (expanded > expansionGrace && expanded > expansionLimit * source.bytesRead) {
        throw new MedRoundsError("file-expands-too-far", "The file expands more than 200-fold.", {
          compressed: source.bytesRead,
          expanded,
        });
      }
      yield { data, bytes: source.bytesRead };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new MedRoundsError("file-compression-broken", "The compressed file is damaged or incomplete.");
    }
    throw error;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

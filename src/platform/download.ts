import { mkdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { MedRoundsError } from "#contracts";
import { openPart, type PartFile } from "./download-part.ts";
import { hostOf, type Reply, sendGet } from "./download-request.ts";
import { defaultPatience, PassingFailure, type Patience, withPatience } from "./download-retry.ts";
import { digestFile, type FileDigest } from "./file-digest.ts";
import { writeError } from "./file-error.ts";

/** What is known of a file before it is there; nothing need be. `gitBlob` is its id in git. */
export type ExpectedFile = { bytes?: number; sha256?: string; gitBlob?: string };

/** A file that is there, whole and, where a checksum was expected, checked. */
export type DownloadedFile = FileDigest & { outcome: "present" | "resumed" | "downloaded" };

type DownloadRequest = {
  url: string;
  file: string;
  expected?: ExpectedFile;
  patience?: Patience;
  signal?: AbortSignal;
  /** Called with the number of bytes that are there now, and of all where that is known. */
  onProgress?: (bytes: number, total: number | undefined) => void;
};

/**
 * Downloads a file; one that is there and fits what is expected is left as it is. What arrived before an end of any kind is kept
 * beside it and continued (RFC 9110, section 14: Range with If-Range), or begun anew where the server has another file by now or
 * can't continue. The file takes its place when it is whole and its checksum right.
 *
 * Throws `download-missing`, `download-refused`, `download-unreachable`, `download-broken`, `download-corrupt`, `path-unwritable`,
 * `disk-full`, and the signal's reason.
 */
export async function downloadFile(request: DownloadRequest): Promise<DownloadedFile> {
  const { file, expected = {}, signal, onProgress } = request;
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw writeError(error, dirname(file));
  });
  const present = await checkFile(file, { expected, ...(signal ? { signal } : {}) });
  if (present) {
    onProgress?.(present.bytes, present.bytes);
    return { ...present, outcome: "present" };
  }
  const part = openPart(file);
  for (;;) {
    const resumed = await receive(part, request);
    const digest = await digestFile(part.path, signal);
    const problem = findMismatch(digest, expected);
    if (problem === undefined) {
      await part.finish();
      return { ...digest, outcome: resumed ? "resumed" : "downloaded" };
    }
    await part.discard();
    // What was continued may have been the beginning of another file.
    if (!resumed) throw corrupt(request, problem);
  }
}

/** The digest of a file that is there as expected; undefined where it is not. */
export async function checkFile(
  file: string,
  { expected, signal }: { expected: ExpectedFile; signal?: AbortSignal },
): Promise<FileDigest | undefined> {
  const status = await stat(file).catch(() => undefined);
  if (!status?.isFile() || (expected.bytes ?? status.size) !== status.size) return undefined;
  const digest = await digestFile(file, signal);
  return findMismatch(digest, expected) === undefined ? digest : undefined;
}

/** How many bytes of a file are there, whole or begun. */
export async function downloadedBytes(file: string): Promise<number> {
  const status = await stat(file).catch(() => undefined);
  return status?.size ?? openPart(file).size();
}

/** Receives until the part is whole; resolves to whether it was begun by an earlier run or attempt. */
async function receive(part: PartFile, request: DownloadRequest): Promise<boolean> {
  const { patience = defaultPatience, signal } = request;
  let resumed = false;
  await withPatience({
    work: async () => {
      resumed = (await receiveOnce(part, { ...request, patience })) || resumed;
    },
    readProgress: part.size,
    patience,
    ...(signal ? { signal } : {}),
  });
  return resumed;
}

async function receiveOnce(
  part: PartFile,
  request: DownloadRequest & { patience: Patience },
): Promise<boolean> {
  const { url, expected = {}, patience, signal } = request;
  const offset = await part.size();
  if (offset > 0 && offset === expected.bytes) return true;
  const validator = await part.readValidator();
  const checked = expected.sha256 !== undefined || expected.gitBlob !== undefined;
  const continues =
    offset > 0 && offset < (expected.bytes ?? Infinity) && (validator !== undefined || checked);
  const reply = await sendGet({
    url,
    accept: [200, 206, 416],
    headers: continues
      ? { range: `bytes=${offset}-`, ...(validator === undefined ? {} : { "if-range": validator }) }
      : {},
    patience,
    ...(signal ? { signal } : {}),
  });
  requireFile(reply, request.file);
  if (reply.status === 200) {
    await part.begin(validatorOf(reply.headers));
    await appendReply(part, { reply, request, start: 0, total: wholeLength(reply.headers) });
    return false;
  }
  const range = readContentRange(reply.headers.get("content-range"));
  if (reply.status === 416 && continues && range.total === offset) return true;
  if (reply.status === 416 || !continues || range.start !== offset) {
    await part.discard();
    throw passing(request, `${hostOf(url)} could not continue where the file ended.`);
  }
  await appendReply(part, { reply, request, start: offset, total: range.total });
  return true;
}

async function appendReply(
  part: PartFile,
  reception: { reply: Reply; request: DownloadRequest; start: number; total: number | undefined },
): Promise<void> {
  const { reply, request, start, total } = reception;
  const { expected = {}, onProgress } = request;
  if (total !== undefined && expected.bytes !== undefined && total !== expected.bytes) {
    await part.discard();
    throw corrupt(request, { expected: `${expected.bytes} bytes`, found: `${total} bytes` });
  }
  const end = total ?? expected.bytes;
  let there = start;
  onProgress?.(there, end);
  await part.append(reply.body, (bytes) => {
    there += bytes;
    if (there > (end ?? Infinity))
      throw broken(request, `${hostOf(request.url)} sent more than it announced.`);
    onProgress?.(there, end);
  });
  if (end !== undefined && there < end) {
    throw passing(request, `${hostOf(request.url)} ended after ${there} of ${end} bytes.`);
  }
}

/** A page of a portal or of a login comes as HTML with a good status. */
function requireFile({ headers, url }: Reply, file: string): void {
  const isPage = /^text\/html\b/i.test(headers.get("content-type") ?? "");
  if (!isPage || /\.x?html?$/i.test(file)) return;
  throw broken({ url, file }, `${hostOf(url)} sent a web page in place of ${basename(file)}.`);
}

/** What If-Range may hold: a strong ETag or, where there is no ETag, the date (RFC 9110, section 13.1.5). */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get("etag");
  if (tag !== null) return tag.startsWith("W/") ? undefined : tag;
  return headers.get("last-modified") ?? undefined;
}

function wholeLength(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) && !headers.has("content-encoding")
    ? Number(length)
    : undefined;
}

// "bytes 5-9/10", "bytes 5-9/*" and "bytes */10" (RFC 9110, section 14.4).
function readContentRange(value: string | null): { start?: number; total?: number } {
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(value ?? "") ?? [];
  return {
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(total === undefined || total === "*" ? {} : { total: Number(total) }),
  };
}

type Mismatch = { expected: string; found: string };

function findMismatch(digest: FileDigest, expected: ExpectedFile): Mismatch | undefined {
  if (expected.bytes !== undefined && expected.bytes !== digest.bytes) {
    return { expected: `${expected.bytes} bytes`, found: `${digest.bytes} bytes` };
  }
  for (const name of ["sha256", "gitBlob"] as const) {
    const wanted = expected[name]?.toLowerCase();
    if (wanted !== undefined && wanted !== digest[name]) return { expected: wanted, found: digest[name] };
  }
  return undefined;
}

type Named = { url: string; file: string };

function corrupt({ url, file }: Named, { expected, found }: Mismatch): MedRoundsError {
  const message = `${basename(file)} is not the file that was expected: ${expected} expected, ${found} found.`;
  return new MedRoundsError("download-corrupt", message, { address: url, expected, found });
}

function broken({ url }: Named, message: string): MedRoundsError {
  return new MedRoundsError("download-broken", message, { address: url });
}

function passing(request: Named, message: string): PassingFailure {
  return new PassingFailure(broken(request, message));
}

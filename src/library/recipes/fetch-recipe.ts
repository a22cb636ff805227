import { readFile, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MedRoundsError } from "#contracts";
import {
  checkFile,
  type DownloadedFile,
  downloadedBytes,
  downloadFile,
  type ExpectedFile,
  mapConcurrently,
  type Patience,
  writeFileAtomically,
} from "#platform";
import { listHubFiles } from "./hub-files.ts";
import { throughMirror } from "./mirror.ts";
import type { AddressSource, HubSource, Recipe } from "./recipe.ts";
import { unpackBeside } from "./unpacked-folder.ts";

/** How far a fetch is: files that are there of all, and bytes of all where that is known. */
export type FetchProgress = {
  stage: "downloading" | "unpacking";
  files: number;
  allFiles: number;
  bytes: number;
  allBytes: number | undefined;
};

/** A file that is there now. `checked` says whether its publisher tells a checksum; else the computed one lies beside it. */
type FetchedFile = Pick<DownloadedFile, "bytes" | "sha256" | "outcome"> & {
  path: string;
  checked: boolean;
};

/** `content` is the folder to add to a library. */
export type FetchReport = { recipe: string; folder: string; content: string; files: FetchedFile[] };

type FetchRequest = {
  recipe: Recipe;
  /** Where the files go; made where it is not there. */
  into: string;
  /** An address whose host, and path before the files' own, takes the place of the recipe's host. */
  mirror?: string;
  patience?: Patience;
  signal?: AbortSignal;
  onProgress?: (progress: FetchProgress) => void;
};

const downloadsAtOnce = 4;

/**
 * Brings the files of a recipe into a folder. What is there and right is left as it is, what was begun is continued. Throws as
 * `downloadFile` and `unpackTar` do, `disk-full` before the download where the disk can't hold it, and `usage-invalid` for a
 * mirror that is no address.
 */
export async function fetchRecipe(request: FetchRequest): Promise<FetchReport> {
  const { source } = request.recipe;
  return source.type === "hub" ? fetchFromHub(source, request) : fetchAddress(source, request);
}

async function fetchFromHub(source: HubSource, request: FetchRequest): Promise<FetchReport> {
  const { recipe, into, onProgress } = request;
  const listed = await listHubFiles({ source, ...request });
  if (listed.length === 0) {
    const message = `${source.repository} holds no ${source.extensions.join(" or ")} in ${source.folder}.`;
    throw new MedRoundsError("download-missing", message, { repository: source.repository });
  }
  const allBytes = listed.reduce((sum, { expected }) => sum + expected.bytes, 0);
  const before = await Promise.all(listed.map(({ path }) => downloadedBytes(join(into, path))));
  await requireSpace({ folder: into, bytes: allBytes - before.reduce((sum, bytes) => sum + bytes, 0) });
  const there = new Map<string, number>();
  let files = 0;
  const tell = () =>
    onProgress?.({
      stage: "downloading",
      files,
      allFiles: listed.length,
      bytes: there.values().reduce((sum, bytes) => sum + bytes, 0),
      allBytes,
    });
  // The first failure ends the other downloads, too.
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(request.signal ? [request.signal] : [])]);
  const fetched = await mapConcurrently(listed, downloadsAtOnce, async ({ path, url, expected }) => {
    const file = await downloadFile({
      ...given(request),
      signal,
      url,
      file: join(into, path),
      expected,
      onProgress: (bytes) => {
        there.set(path, bytes);
        tell();
      },
    }).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
    files++;
    tell();
    return toFetched({ path, file, checked: true });
  });
  return { recipe: recipe.name, folder: into, content: into, files: fetched };
}

async function fetchAddress(source: AddressSource, request: FetchRequest): Promise<FetchReport> {
  const { recipe, into, mirror, signal, onProgress } = request;
  const url = throughMirror(source.url, mirror);
  const path = basename(new URL(source.url).pathname);
  const archive = join(into, path);
  const tell = (stage: FetchProgress["stage"], done: { bytes: number; allBytes: number | undefined }) =>
    onProgress?.({ stage, files: 0, allFiles: 1, ...done });
  const expected = await expectedOf(source, archive);
  await requireSpace({ folder: into, bytes: recipe.bytes - (await downloadedBytes(archive)) });
  const file = await downloadFile({
    ...given(request),
    url,
    file: archive,
    expected: expected ?? {},
    onProgress: (bytes, allBytes) => tell("downloading", { bytes, allBytes }),
  });
  const checked = source.sha256 !== undefined;
  if (!checked) await writeFileAtomically(`${archive}.sha256`, `${file.sha256}  ${path}\n`);
  const content = source.unpack
    ? await unpackBeside({
        archive,
        sha256: file.sha256,
        extensions: source.unpack.extensions,
        onProgress: (bytes) => tell("unpacking", { bytes, allBytes: file.bytes }),
        ...(signal ? { signal } : {}),
      })
    : into;
  return { recipe: recipe.name, folder: into, content, files: [toFetched({ path, file, checked })] };
}

/** The checksum that is published or else, for a file that is there still as it was fetched, the one that lies beside it. */
async function expectedOf(source: AddressSource, file: string): Promise<ExpectedFile | undefined> {
  if (source.sha256 !== undefined) return { sha256: source.sha256 };
  const kept = /^[\da-f]{64}/.exec(await readFile(`${file}.sha256`, "utf8").catch(() => ""))?.[0];
  if (kept === undefined) return undefined;
  return (await checkFile(file, { expected: { sha256: kept } })) ? { sha256: kept } : undefined;
}

function given({ patience, signal }: FetchRequest): { patience?: Patience; signal?: AbortSignal } {
  return { ...(patience ? { patience } : {}), ...(signal ? { signal } : {}) };
}

function toFetched(fetched: { path: string; file: DownloadedFile; checked: boolean }): FetchedFile {
  const { path, checked, file } = fetched;
  const { bytes, sha256, outcome } = file;
  return { path, bytes, sha256, outcome, checked };
}

/** Throws `disk-full` where the disk of a folder, or of the one above it that is there, has less than this left. */
async function requireSpace({ folder, bytes }: { folder: string; bytes: number }): Promise<void> {
  const status = await statfs(folder).catch(() => undefined);
  if (!status) {
    if (dirname(folder) !== folder) await requireSpace({ folder: dirname(folder), bytes });
    return;
  }
  const free = status.bavail * status.bsize;
  if (free >= bytes) return;
  const inGigabytes = (amount: number) => `${(amount / 1e9).toFixed(1)} GB`;
  const message = `${inGigabytes(bytes)} are needed, and ${inGigabytes(free)} are free.`;
  throw new MedRoundsError("disk-full", message, { path: folder, needed: bytes, free });
}

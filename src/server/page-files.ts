import { readFile, realpath, stat } from "node:fs/promises";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { MedRoundsError } from "#contracts";
import { containedPath, fileError, sha256 } from "#platform";

type PageFile = {
  mediaType: string;
  /** For HTTP's ETag. */
  tag: string;
  /** Its name carries a hash of its content, so it never changes. */
  lasting: boolean;
  bytes: Uint8Array<ArrayBuffer>;
  compressed: { br: Uint8Array<ArrayBuffer>; gzip: Uint8Array<ArrayBuffer> } | undefined;
};

export type PageFiles = {
  /** The file of this path below the folder, of `/` its index.html; undefined where there is none. */
  find(path: string): Promise<PageFile | undefined>;
};

const mediaTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** The page's files, each read and compressed when it is first asked for, and again when it has changed. */
export function openPageFiles(folder: string): PageFiles {
  const kept = new Map<string, { changed: number; file: Promise<PageFile> }>();
  return {
    async find(path) {
      const name = path === "/" ? "index.html" : path.slice(1);
      if (!/^[\w@.-]+(\/[\w@.-]+)*$/.test(name)) return undefined;
      const file = await findFile(folder, name);
      const found = file === undefined ? undefined : await stat(file);
      if (file === undefined || !found?.isFile()) return undefined;
      const before = kept.get(name);
      if (before?.changed === found.mtimeMs) return before.file;
      const read = readPageFile(file, name);
      kept.set(name, { changed: found.mtimeMs, file: read });
      read.catch(() => kept.delete(name));
      return read;
    },
  };
}

async function findFile(folder: string, name: string): Promise<string | undefined> {
  try {
    return await containedPath(await realpath(folder), name);
  } catch (error) {
    // What is missing, and what leads out of the folder, is not there for anybody.
    if (MedRoundsError.is(fileError(error, folder))) return undefined;
    throw error;
  }
}

async function readPageFile(file: string, name: string): Promise<PageFile> {
  const bytes = new Uint8Array(await readFile(file));
  const mediaType = mediaTypes[extname(file)] ?? "application/octet-stream";
  const isText = /^text|json|svg/.test(mediaType);
  return {
    mediaType,
    tag: `"${sha256(bytes).slice(0, 32)}"`,
    // Vite puts what carries a hash into assets.
    lasting: name.startsWith("assets/"),
    bytes,
    compressed: isText ? await compress(bytes) : undefined,
  };
}

async function compress(bytes: Uint8Array): Promise<NonNullable<PageFile["compressed"]>> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const [br, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, quality),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  return { br: new Uint8Array(br), gzip: new Uint8Array(gzipped) };
}

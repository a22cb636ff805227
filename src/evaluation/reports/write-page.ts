import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { Report, ReportIndex } from "#contracts";
import { mapConcurrently, writeError, writeFileAtomically } from "#platform";
import { openChunkFiles } from "./chunk-files.ts";
import { readReport } from "./read-report.ts";
import { openTable } from "./row-table.ts";
import { scriptSafeJson } from "./script-safe-json.ts";

/** A small form of an image by the SHA-256 of its file; null where it cannot be had. */
export type ReadThumbnail = (
  sha256: string,
  signal?: AbortSignal,
) => Promise<{ extension: string; mediaType: string; bytes: Uint8Array } | null>;

export type PageRequest = {
  folder: string;
  /** A run that is compared with it, in a page of both. */
  second?: string | undefined;
  /** The report's file. What it loads lies in a folder beside it, named for it. */
  out: string;
  /** The empty page, as it was built. */
  page: string;
  thumbnail?: ReadThumbnail | undefined;
  /** Bytes up to which all is in one file; 50 MB unless told. */
  mostBytes?: number | undefined;
  signal?: AbortSignal | undefined;
};

const megabyte = 1024 * 1024;
const mostImages = 5_000;
const imagesAtOnce = 4;

/**
 * Writes the report of a run, or of two beside each other, as a page that opens from a file and asks no network. Memory does not grow with the answers' length.
 *
 * @throws MedRoundsError `run-missing`, `run-unreadable`, `run-unscored`, `disk-full`, `path-unwritable`, and the errors of reading files
 */
export async function writePage(
  request: PageRequest,
): Promise<{ report: Report; files: string[]; bytes: number }> {
  const { out, page, mostBytes = 50 * megabyte } = request;
  const beside = `${basename(out, extname(out))}-files`;
  const place = join(dirname(out), beside);
  const building = `${place}.part`;
  try {
    await rm(building, { recursive: true, force: true });
    const chunks = await openChunkFiles(building);
    const table = openTable();
    const report = await readReport(request, { table, onSample: chunks.add });
    const { starts, files, bytes } = await chunks.close();
    const { images: hashes, ...columns } = table.close();
    const images = await readThumbnails(hashes, request);
    const imageBytes = images.reduce((sum, image) => sum + (image?.bytes.length ?? 0) * 1.34, 0);
    const isOne = bytes + imageBytes <= mostBytes;
    const index: ReportIndex = {
      ...columns,
      chunkStarts: starts,
      chunkFiles: isOne ? [] : files.map((file) => `${beside}/${file}`),
      images: isOne ? images.map(inlineAddress) : await writeImages(images, { building, beside }),
    };
    const parts = [
      dataElement("report", scriptSafeJson(report)),
      dataElement("index", scriptSafeJson(index)),
      ...(isOne ? await inlineChunks(building, files) : []),
    ];
    const end = page.lastIndexOf("</body>");
    const html = [page.slice(0, end), ...parts, page.slice(end)].join("\n");
    await rm(place, { recursive: true, force: true });
    if (!isOne) await rename(building, place);
    await writeFileAtomically(out, html);
    return { report, files: isOne ? [out] : [out, place], bytes: html.length + (isOne ? 0 : bytes) };
  } catch (error) {
    throw writeError(error, out);
  } finally {
    // What can't be removed was not made.
    await rm(building, { recursive: true, force: true }).catch(() => undefined);
  }
}

type Thumbnail = NonNullable<Awaited<ReturnType<ReadThumbnail>>>;

/** Those of the first images; the others are named alone. */
async function readThumbnails(
  hashes: readonly string[],
  { thumbnail, signal }: PageRequest,
): Promise<(Thumbnail | null)[]> {
  const images: (Thumbnail | null)[] = hashes.map(() => null);
  if (!thumbnail) return images;
  const places = [...hashes.keys()].slice(0, mostImages);
  await mapConcurrently(places, imagesAtOnce, async (place) => {
    signal?.throwIfAborted();
    images[place] = await thumbnail(hashes[place]!, signal);
  });
  return images;
}

function inlineAddress(image: Thumbnail | null): string {
  return image ? `data:${image.mediaType};base64,${Buffer.from(image.bytes).toString("base64")}` : "";
}

async function writeImages(
  images: readonly (Thumbnail | null)[],
  { building, beside }: { building: string; beside: string },
): Promise<string[]> {
  await mkdir(building, { recursive: true });
  return mapConcurrently([...images.entries()], imagesAtOnce, async ([place, image]) => {
    if (!image) return "";
    const name = `image-${place}${image.extension}`;
    await writeFileAtomically(join(building, name), image.bytes);
    return `${beside}/${name}`;
  });
}

/** A chunk's file without the call around its samples. */
async function inlineChunks(folder: string, files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map(async (file, number) => {
      const text = await readFile(join(folder, file), "utf8");
      return dataElement(`samples-${number}`, text.slice(text.indexOf("["), text.lastIndexOf("]") + 1));
    }),
  );
}

function dataElement(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json}</script>`;
}

import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { downloadJson, type ExpectedFile, type Patience, safeRelativePath } from "#platform";
import { throughMirror } from "./mirror.ts";
import type { HubSource } from "./recipe.ts";

/** A file of a repository: its path below the folder of the recipe, its address, and what the hub says of it. */
export type HubFile = { path: string; url: string; expected: ExpectedFile & { bytes: number } };

const host = "https://huggingface.co";
const pagesAtMost = 1_000;

/** An entry of the hub's tree. `oid` is the id in git, `lfs.oid` the SHA-256 of a file that git keeps elsewhere (Git LFS, Xet). */
const entrySchema = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().nonnegative().default(0),
  oid: z.string(),
  lfs: z.object({ oid: z.string().regex(/^[\da-f]{64}$/), size: z.number().nonnegative() }).optional(),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * The files of a hub's repository that a recipe wants, by path, with sizes and checksums from the hub's tree API
 * (`GET /api/{datasets,models}/<repository>/tree/<revision>/<folder>?recursive=true`, pages by Link header, RFC 8288). Throws
 * `download-broken` for a reply of another form, and as `downloadJson` does.
 */
export async function listHubFiles(request: {
  source: HubSource;
  mirror?: string;
  patience?: Patience;
  signal?: AbortSignal;
}): Promise<HubFile[]> {
  const { source, mirror, patience, signal } = request;
  const { kind, repository, revision, folder } = source;
  const files: HubFile[] = [];
  let next: string | undefined =
    `${host}/api/${kind}s/${repository}/tree/${revision}/${folder}?recursive=true`;
  for (let page = 0; next !== undefined && page < pagesAtMost; page++) {
    const url: string = throughMirror(next, mirror);
    const { value, headers } = await downloadJson({
      url,
      ...(patience ? { patience } : {}),
      ...(signal ? { signal } : {}),
    });
    for (const entry of readEntries(value, url)) {
      const path = wantedPath(entry, source);
      if (path === undefined) continue;
      files.push({
        path,
        url: throughMirror(fileAddress(source, path), mirror),
        expected: expectedOf(entry),
      });
    }
    next = readNext(headers.get("link"), url);
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function readEntries(value: unknown, url: string): Entry[] {
  const entries = z.array(entrySchema).safeParse(value);
  if (entries.success) return entries.data;
  throw new MedRoundsError("download-broken", "The hub's list of files is not of the form that is known.", {
    address: url,
  });
}

function wantedPath({ type, path }: Entry, { folder, extensions }: HubSource): string | undefined {
  if (type !== "file" || !path.startsWith(`${folder}/`)) return undefined;
  if (!extensions.some((extension) => path.endsWith(extension))) return undefined;
  return safeRelativePath(path.slice(folder.length + 1));
}

function fileAddress({ kind, repository, revision, folder }: HubSource, path: string): string {
  const prefix = kind === "dataset" ? "datasets/" : "";
  const file = path.split(/[\\/]/).map(encodeURIComponent).join("/");
  return `${host}/${prefix}${repository}/resolve/${revision}/${folder}/${file}`;
}

function expectedOf({ size, oid, lfs }: Entry): HubFile["expected"] {
  return lfs ? { bytes: lfs.size, sha256: lfs.oid } : { bytes: size, gitBlob: oid };
}

function readNext(link: string | null, url: string): string | undefined {
  const [, next] = /<([^>]+)>\s*;[^,]*\brel="?next\b/.exec(link ?? "") ?? [];
  return next === undefined ? undefined : new URL(next, url).href;
}

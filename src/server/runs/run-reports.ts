import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { Readable } from "node:stream";
import { MedRoundsError } from "#contracts";
import { containedPath, fileError } from "#platform";
import { listRuns, runName } from "./list-runs.ts";
import { writeRunsPage } from "./runs-page.ts";

/** The reports in a folder of runs: what `eval report` wrote into each. */
export type RunReports = {
  /** The page of `/runs/`, a run's report, or a file beside one; undefined where there is none. */
  respond(path: string): Promise<Response | undefined>;
};

const mediaTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
};

/** Its own page says more exactly which script may run; both hold. A report asks nothing of this server but the files beside it. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Rejects with `path-missing` where there is no such folder, and the errors of looking at it. */
export async function openRunReports(folder: string): Promise<RunReports> {
  const status = await stat(folder).catch((error: unknown) => {
    throw fileError(error, folder);
  });
  if (!status.isDirectory()) {
    throw new MedRoundsError("path-missing", `${basename(folder)} is no folder of runs.`, { path: folder });
  }
  return {
    async respond(path) {
      if (path === "/runs/") return sendList(folder);
      // Files beside a page are named from its folder.
      if (/^\/runs\/[\w-][\w.-]*$/.test(path)) {
        return new Response(null, { status: 308, headers: { Location: `${path}/` } });
      }
      const [, run = "", rest = ""] = /^\/runs\/([^/]+)\/(.*)$/.exec(path) ?? [];
      const file = rest === "" ? "report.html" : rest;
      if (!runName.test(run) || !/^(report\.html|report-files\/[\w-]+\.(js|png|jpg|webp))$/.test(file)) {
        return undefined;
      }
      return sendFile(folder, join(run, "report", file));
    },
  };
}

async function sendFile(folder: string, name: string): Promise<Response | undefined> {
  try {
    const file = await containedPath(await realpath(folder), name);
    const { size } = await stat(file);
    const headers = {
      "Content-Type": mediaTypes[extname(file)] ?? "application/octet-stream",
      "Content-Length": String(size),
      "Content-Security-Policy": policy,
    };
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, { headers });
  } catch (error) {
    if (MedRoundsError.is(fileError(error, folder))) return undefined;
    throw error;
  }
}

async function sendList(folder: string): Promise<Response> {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  return new Response(writeRunsPage(await listRuns(folder)), { headers });
}

import type { Context } from "hono";
import { MedRoundsError } from "#contracts";
import { cachingHeaders, isKnown } from "../caching.ts";
import type { ServerContext } from "../server-context.ts";
import { statusOf } from "../status.ts";

/** The page and its files, for every address that no other route has. Not part of the interface that /openapi.json describes. */
export async function page({ req }: Context, { page: files }: ServerContext): Promise<Response> {
  const file = await files.find(req.path);
  if (!file && req.path === "/") return pageMissing();
  if (!file) throw new MedRoundsError("route-missing", "There is nothing at this address.");
  const { tag, lasting, mediaType, bytes, compressed } = file;
  const headers = { ...cachingHeaders({ mediaType, lasting, tag }), Vary: "Accept-Encoding" };
  if (isKnown(req.raw, tag)) return new Response(null, { status: 304, headers });
  const encoding = compressed && chooseEncoding(req.header("accept-encoding") ?? "");
  if (!compressed || !encoding) return new Response(bytes, { headers });
  return new Response(compressed[encoding], { headers: { ...headers, "Content-Encoding": encoding } });
}

/** In words, since it is a person who sees it. */
function pageMissing(): Response {
  const { code, message, cure } = new MedRoundsError("page-missing", "The page has not been built.");
  return new Response(`${message}\n${cure}\n(${code})\n`, {
    status: statusOf(code),
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}

/** The better of those that the client takes (RFC 9110, 12.5.3); a weight of 0 refuses. */
function chooseEncoding(accepted: string): "br" | "gzip" | undefined {
  const taken = accepted
    .toLowerCase()
    .split(",")
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(";")[0]?.trim());
  return (["br", "gzip"] as const).find((encoding) => taken.includes(encoding));
}

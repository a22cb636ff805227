import { isIP } from "node:net";
import { hostname } from "node:os";
import { MedRoundsError } from "#contracts";
import { isLoopback } from "#platform";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Throws `host-refused` for a name that is not ours (DNS rebinding) and for a change that a foreign page asks for (cross-site
 * request forgery). A server on all addresses (0.0.0.0, ::) takes every
 * address, since none can be rebound, and this machine's own name. R1-Searcher's trainer names 0.0.0.0, which means the machine
 * itself.
 */
export function checkOrigin(request: Request, host: string): void {
  const named = request.headers.get("host") ?? "";
  if (!isOwnName(named, host)) {
    throw new MedRoundsError(
      "host-refused",
      "The request names a host that this server does not answer for.",
    );
  }
  if (safeMethods.has(request.method)) return;
  const origin = request.headers.get("origin");
  const isForeign = origin !== null && !isOrigin(origin, named);
  if (isForeign || request.headers.get("sec-fetch-site") === "cross-site") {
    throw new MedRoundsError("host-refused", "The request comes from another site's page.");
  }
}

function isOwnName(named: string, host: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^\s:/?#@\\[\]]+)(:\d+)?$/i.exec(named)?.[1];
  if (name === undefined) return false;
  const bare = withoutBrackets(name).toLowerCase();
  if (isLoopback(bare) || bare === "0.0.0.0" || bare === withoutBrackets(host).toLowerCase()) return true;
  const isEverywhere = host === "0.0.0.0" || withoutBrackets(host) === "::";
  return isEverywhere && (isIP(bare) !== 0 || bare === hostname().toLowerCase());
}

function isOrigin(origin: string, named: string): boolean {
  const url = URL.parse(origin);
  const own = url && URL.parse(`${url.protocol}//${named}`);
  return own !== null && url?.host === own.host;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

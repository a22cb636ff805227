import { createHash, timingSafeEqual } from "node:crypto";
import { MedRoundsError } from "#contracts";
import { sha256 } from "#platform";

/**
 * Throws `token-missing` unless the request carries the token as `Authorization: Bearer` (RFC 6750) or the cookie of an earlier
 * visit. `/?token=…` with the right token is answered by setting that cookie; the response is then the whole answer.
 */
export function checkToken(request: Request, token: string): Response | undefined {
  const url = new URL(request.url);
  const name = cookieName(url);
  const secret = sha256(`medrounds cookie ${token}`);
  const given = request.method === "GET" && url.pathname === "/" ? url.searchParams.get("token") : null;
  if (given !== null && isSame(given, token)) {
    const cookie = `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    return new Response(null, { status: 303, headers: { Location: "/", "Set-Cookie": cookie } });
  }
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined && isSame(bearer, token)) return undefined;
  const cookie = readCookie(request, name);
  if (cookie !== undefined && isSame(cookie, secret)) return undefined;
  throw new MedRoundsError("token-missing", "This server asks for its token.");
}

/** Cookies are shared by all ports of a host; each server has its own. */
function cookieName({ port }: URL): string {
  return `medrounds-${port || "80"}`;
}

function readCookie(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

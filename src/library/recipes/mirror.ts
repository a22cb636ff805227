import { MedRoundsError } from "#contracts";

/**
 * An address with its host replaced by that of a mirror, whose own path comes first; unchanged without a mirror. Throws
 * `usage-invalid` where the mirror is no http address.
 */
export function throughMirror(address: string, mirror: string | undefined): string {
  if (mirror === undefined) return address;
  const base = readMirror(mirror);
  const { origin, pathname, search } = new URL(address);
  if (`${origin}${pathname}`.startsWith(base)) return address;
  return `${base}${pathname}${search}`;
}

function readMirror(mirror: string): string {
  const url = URL.parse(mirror);
  if (url && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  throw new MedRoundsError("usage-invalid", `The mirror ${mirror} is no http(s) address.`, { mirror });
}

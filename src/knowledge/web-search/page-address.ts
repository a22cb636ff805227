import { isIP } from "node:net";
import { MedRoundsError } from "#contracts";
import { isPublicAddress } from "./public-address.ts";

/** Names that lead into a local network (RFC 6761, RFC 6762, RFC 8375), or to nowhere. */
const localNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|example|onion)$/;
const longest = 2_000;

/** Which addresses are let through beside public ones; for tests alone. */
export type AddressRules = { allowsLoopback: boolean };

/**
 * The address of a page that may be read: http or https to port 80 or 443 of a public name or address, without credentials. Whether the
 * name's addresses are public is checked when they are known.
 *
 * @throws MedRoundsError `web-page-refused`
 */
export function checkPageAddress(address: string, { allowsLoopback }: AddressRules): URL {
  if (address.length > longest || !URL.canParse(address)) throw refused("is no address");
  const url = new URL(address);
  const { protocol, username, password, port, hostname } = url;
  if (protocol !== "http:" && protocol !== "https:") throw refused("is not of the web");
  if (username !== "" || password !== "") throw refused("holds credentials");
  url.hash = "";
  if (allowsLoopback) return url;
  if (port !== "" && port !== "80" && port !== "443") throw refused("names a port that is not the web's");
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) ? !isPublicAddress(host) : localNames.test(host) || !host.includes(".")) {
    throw refused("leads to a private network");
  }
  return url;
}

export function refused(why: string): MedRoundsError {
  return new MedRoundsError("web-page-refused", `The page's address ${why}.`);
}

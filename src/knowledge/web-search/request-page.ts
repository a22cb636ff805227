import { lookup as resolveName } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { MedRoundsError } from "#contracts";
import { isLoopback, productVersion } from "#platform";
import { type AddressRules, checkPageAddress, refused } from "./page-address.ts";
import { isPublicAddress } from "./public-address.ts";
import { type PageContent, unreadable } from "./read-page.ts";
import { readPageBody } from "./read-page-body.ts";
import type { TellSent } from "./web-results.ts";

const timeLimit = 10_000;
const redirectLimit = 5;
const redirecting = new Set([301, 302, 303, 307, 308]);
const pageTypes = new Set(["text/html", "application/xhtml+xml", "text/plain"]);

/** How names become addresses, and which are let through. */
export type Network = AddressRules & {
  resolve(host: string): Promise<readonly string[]>;
  /** Milliseconds for a page with all its redirects. */
  timeLimit: number;
};

export const publicNetwork: Network = {
  allowsLoopback: false,
  timeLimit,
  resolve: async (host) => (await resolveName(host, { all: true })).map(({ address }) => address),
};

/**
 * A page of the web: its content of at most 2 MB, in at most 10 s. Every address on the way is checked, names are resolved once and
 * the connection goes to the address that was checked (against DNS rebinding). No cookie, no referrer; told before each request.
 *
 * @throws MedRoundsError `web-page-refused` for addresses and types that are not read, `web-page-unreadable` for what fails; the
 * signal's reason.
 */
export async function requestPage(request: {
  address: string;
  network: Network;
  /** Throws where a host is not to be read; called for each on the way. */
  admit(url: URL): void;
  tell: TellSent;
  signal: AbortSignal;
}): Promise<PageContent> {
  const { network, admit, tell } = request;
  const timeout = AbortSignal.timeout(network.timeLimit);
  const signal = AbortSignal.any([request.signal, timeout]);
  try {
    let url = checkPageAddress(request.address, network);
    for (let hop = 0; hop <= redirectLimit; hop++) {
      admit(url);
      const address = await resolveChecked(url, network, signal);
      await tell({ host: url.host, loopback: isLoopback(address), images: 0, characters: url.href.length });
      signal.throwIfAborted();
      const response = await send({ url, address, signal });
      const { statusCode = 0, headers } = response;
      if (redirecting.has(statusCode) && headers.location !== undefined) {
        response.destroy();
        url = checkPageAddress(resolveAddress(headers.location, url), network);
        continue;
      }
      return { address: url.href, ...(await readReply(response, signal)) };
    }
    throw unreadable("The page redirects more than five times.");
  } catch (error) {
    request.signal.throwIfAborted();
    if (MedRoundsError.is(error)) throw error;
    throw unreadable(timeout.aborted ? "The page did not come in time." : "The page could not be read.");
  }
}

function resolveAddress(location: string, base: URL): string {
  return URL.canParse(location, base.href) ? new URL(location, base).href : location;
}

/** One of the name's addresses. Where one of them is not public, none is used. */
async function resolveChecked(url: URL, network: Network, signal: AbortSignal): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) ? [host] : await unlessAborted(network.resolve(host), signal);
  const isFit = (address: string) =>
    isPublicAddress(address) || (network.allowsLoopback && isLoopback(address));
  const [first] = addresses;
  if (first === undefined) throw unreadable("The page's host has no address.");
  if (!addresses.every(isFit)) throw refused("leads to a private network");
  return first;
}

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Connects to the address; the name stands in the request and, for https, is what the certificate has to be for. */
function send({ url, address, signal }: { url: URL; address: string; signal: AbortSignal }) {
  const family = isIP(address);
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      agent: false,
      signal,
      maxHeaderSize: 16 * 1024,
      lookup: (_host, options, done) => {
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
      headers: {
        accept: "text/html, application/xhtml+xml, text/plain;q=0.8",
        "accept-encoding": "gzip, deflate, br",
        "accept-language": "en",
        "user-agent": `medrounds/${productVersion()}`,
      },
    });
    request.on("response", resolve);
    request.on("error", reject);
    request.end();
  });
}

async function readReply(
  response: IncomingMessage,
  signal: AbortSignal,
): Promise<Omit<PageContent, "address">> {
  const { statusCode, headers } = response;
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  try {
    if (statusCode !== 200) throw unreadable(`The page's server answered with status ${statusCode}.`);
    if (!pageTypes.has(type.trim())) {
      throw new MedRoundsError("web-page-refused", "The page is neither HTML nor plain text.");
    }
    const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([\w.:-]+)/.exec(one)?.[1]).find(Boolean);
    return { type: type.trim(), charset, content: await readPageBody(response, signal) };
  } finally {
    response.destroy();
  }
}

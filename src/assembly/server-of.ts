import { isLoopback } from "#platform";
import type { SearchServer } from "#reasoning";

/**
 * The server that an address names, as `https://host/v1` or `milvus://host:19530/name`; undefined for what is no address: a folder, or
 * a store's name alone.
 */
export function serverOf(address: string): SearchServer | undefined {
  const [named] = /^[a-z][a-z+]*:\/\/[^#?\s]+/i.exec(address) ?? [];
  if (named === undefined || !URL.canParse(named)) return undefined;
  const { host, hostname } = new URL(named);
  return { host, loopback: isLoopback(hostname) };
}

/** The hosts among servers that are other machines, each once. */
export function hostsBeyond(servers: readonly (SearchServer | undefined)[]): string[] {
  const hosts = servers.flatMap((server) => (server && !server.loopback ? [server.host] : []));
  return [...new Set(hosts)];
}

/** The servers among addresses, each as often as it is named. */
export function serversOf(addresses: readonly string[]): SearchServer[] {
  return addresses.map(serverOf).filter((server) => server !== undefined);
}

/** What stands behind the provider's name in a source, as in "tei:https://host/". */
export function placeOf(source: string): string {
  return source.replace(/^[a-z]+:/, "");
}

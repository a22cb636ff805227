import { isLoopback, type readEnvironment } from "#platform";

/**
 * The key of embedders, where the host of a source that a library names is this machine or the one that MEDROUNDS_EMBEDDER_HOST
 * names; else undefined: a library that came from someone else may name any host.
 */
export function keyForLibrary(
  source: string,
  { embedderApiKey, embedderHost }: ReturnType<typeof readEnvironment>,
): string | undefined {
  const [address = ""] = /https?:\/\/[^#?\s]+/i.exec(source) ?? [];
  if (!URL.canParse(address)) return undefined;
  const { host, hostname } = new URL(address);
  return isLoopback(hostname) || host === embedderHost ? embedderApiKey : undefined;
}

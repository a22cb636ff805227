import { isLoopback, type readEnvironment } from "#platform";
import { placeOf } from "./server-of.ts";

type Environment = ReturnType<typeof readEnvironment>;

/**
 * The key of embedders, where the host of a source that a library names is this machine or the one that MEDROUNDS_EMBEDDER_HOST
 * names; else undefined: a library that came from someone else may name any host.
 */
export function keyForLibrary(
  source: string,
  { embedderApiKey, embedderHost }: Environment,
): string | undefined {
  const place = hostOf(source);
  return place && isTrusted(place, embedderHost) ? embedderApiKey : undefined;
}

/**
 * The host of a source that a library names, where it is neither this machine nor the one that MEDROUNDS_EMBEDDER_HOST names: it is
 * not sent images, which may be of a patient.
 */
export function strangerOf(source: string, { embedderHost }: Environment): string | undefined {
  const place = hostOf(source);
  return place && !isTrusted(place, embedderHost) ? place.host : undefined;
}

function hostOf(source: string): { host: string; hostname: string } | undefined {
  const url = URL.parse(placeOf(source.trim()));
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

function isTrusted({ host, hostname }: { host: string; hostname: string }, embedderHost?: string): boolean {
  return isLoopback(hostname) || host === embedderHost;
}

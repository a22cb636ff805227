import { readEnvironment, readVariable } from "#platform";
import type { Settings } from "./settings.ts";

/** A key for an endpoint: the variable that it stands in, and whether it may go to the endpoint's host. */
export type ModelKey = { variable: string; value: string | undefined; bound: boolean };

const ownVariable = "MEDROUNDS_API_KEY";

/**
 * The key for an endpoint; undefined where none is named. A key goes to the host that it was given for and to no other: that of the
 * file's endpoint for `apiKeyFrom`; for MEDROUNDS_API_KEY that of MEDROUNDS_ENDPOINT, or of --endpoint where that variable is not set.
 */
export function keyForModel(endpoint: string, settings: Settings): ModelKey | undefined {
  const { apiKeyFrom, endpoint: filed, provider } = settings.file?.configuration ?? {};
  const environment = readEnvironment();
  const host = hostOf(endpoint);
  const ofFile =
    apiKeyFrom === undefined ? undefined : { variable: apiKeyFrom, value: readVariable(apiKeyFrom) };
  // Without an endpoint the file names its host by the vendor.
  const isFiles =
    filed === undefined ? provider !== undefined && settings.endpoint === undefined : hostOf(filed) === host;
  if (ofFile && isFiles) return { ...ofFile, bound: true };

  const value = environment.apiKey;
  if (value === undefined) return ofFile && { ...ofFile, bound: false };
  const bound =
    environment.endpoint === undefined
      ? settings.endpoint?.from.type === "option"
      : hostOf(environment.endpoint) === host;
  return { variable: ownVariable, value, bound };
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

import { MedRoundsError } from "#contracts";

export type EndpointAddress = {
  /** Without credentials, query, fragment and trailing slash; the path is otherwise as given. */
  endpoint: string;
  queryParameters: Record<string, string>;
};

/**
 * Reads the address of a server, for example `http://127.0.0.1:8000/v1`. It must be plainly written: a URL's parser guesses at
 * `http:host/…`, backslashes and tabs, and whoever decides where a key or an image may go could take them for another host.
 * The text is in no error, because it may hold a password.
 * @throws MedRoundsError `endpoint-invalid` where it is no plain http(s) URL, or has credentials in it
 */
export function parseEndpointAddress(text: string): EndpointAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new MedRoundsError("endpoint-invalid", "The endpoint is not a URL.");
  if (url.username !== "" || url.password !== "") {
    throw new MedRoundsError("endpoint-invalid", "The endpoint has credentials in its address.");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new MedRoundsError("endpoint-invalid", "The endpoint is not an http or https address.");
  }
  if (!/^https?:\/\/[^\s\\/][^\s\\]*$/i.test(text)) {
    throw new MedRoundsError("endpoint-invalid", "The endpoint's address is not plainly written.");
  }
  return {
    endpoint: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    queryParameters: Object.fromEntries(url.searchParams),
  };
}

import { MedRoundsError } from "#contracts";
import { type EndpointAddress, parseEndpointAddress } from "../endpoint-address.ts";
import type { ChatProvider } from "./chat-provider.ts";
import { chatProviders } from "./list.ts";

/** The address of a provider's own service; undefined for one that has none, or an unknown name. */
export function vendorEndpoint(provider: string): string | undefined {
  const { hosts: [host] = [], path = "" } = chatProviders.find(({ name }) => name === provider) ?? {};
  return host === undefined ? undefined : `https://${host}${path}`;
}

/**
 * The provider of a name, or the one whose host the endpoint names, or that of all servers of OpenAI's chat completions; and the
 * endpoint, with the vendor's path where it names the vendor's host alone. Where Google's service is asked under `/openai`, it speaks
 * like OpenAI's.
 * @throws MedRoundsError `endpoint-invalid`; `usage-invalid` where there is no provider of that name
 */
export function chooseProvider({
  endpoint: address,
  provider: wanted,
}: {
  endpoint: string;
  provider?: string | undefined;
}): { provider: ChatProvider } & EndpointAddress {
  const { endpoint, queryParameters } = parseEndpointAddress(address);
  const { hostname, pathname, origin } = new URL(endpoint);
  const speaksOpenAI = /\/openai$/.test(pathname);
  const named = chatProviders.find(({ name }) => name === wanted);
  if (wanted !== undefined && named === undefined) {
    const names = chatProviders.map(({ name }) => name).join(", ");
    const message = `There is no provider “${wanted.slice(0, 60)}”; there is: ${names}.`;
    throw new MedRoundsError("usage-invalid", message, { provider: wanted.slice(0, 60) });
  }
  const byHost = chatProviders.find(({ hosts }) => !speaksOpenAI && hosts.includes(hostname));
  const provider = named ?? byHost ?? (chatProviders[0] as ChatProvider);
  const isVendors = provider.hosts.includes(hostname);
  return {
    provider,
    endpoint: isVendors && pathname === "/" ? `${origin}${provider.path}` : endpoint,
    queryParameters,
  };
}

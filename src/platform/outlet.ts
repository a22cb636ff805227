import { MedRoundsError } from "#contracts";

/**
 * Where requests may go: to the server that the configuration names, with anything; or to files that are there for everybody, from
 * which is only read.
 */
type Reach = { to: "server"; address: string } | { to: "public-files" };

/**
 * The way out of this process: nothing else in the product calls `fetch` (`test/outlets.test.ts`). To a server, no origin but its own is
 * let through and no redirect is followed, so that what is sent goes nowhere else; of public files, only GET without a body, a key
 * or a cookie. `send` stands in for `fetch`.
 *
 * @throws MedRoundsError `destination-refused`, by the request
 */
export function openOutlet(
  reach: Reach,
  send: typeof globalThis.fetch = globalThis.fetch,
): typeof globalThis.fetch {
  if (reach.to === "public-files") {
    return async (input, init) => {
      const request = new Request(input, init);
      const carries =
        request.body !== null || request.headers.has("authorization") || request.headers.has("cookie");
      if (request.method !== "GET" || carries) throw refused(request.url, "with something to give away");
      return send(input, init);
    };
  }
  const { origin } = new URL(reach.address);
  return async (input, init) => {
    const target = input instanceof Request ? input.url : String(input);
    if (!URL.canParse(target) || new URL(target).origin !== origin) throw refused(target, "for another host");
    return send(input, { ...init, redirect: "manual" });
  };
}

function refused(target: string, how: string): MedRoundsError {
  const host = URL.canParse(target) ? new URL(target).host : "";
  return new MedRoundsError("destination-refused", `A request was about to leave ${how}.`, { host });
}

import { Hono } from "hono";
import { MedRoundsError } from "#contracts";
import { errorResponse } from "./error-response.ts";
import { describeApi } from "./openapi.ts";
import { routes } from "./routes/list.ts";
import { page } from "./routes/page.ts";
import { addSecurityHeaders } from "./security/headers.ts";
import { checkOrigin } from "./security/origin.ts";
import { checkToken } from "./security/token.ts";
import type { ServerContext } from "./server-context.ts";

/** A request's way: who asks is checked, then its route answers; whatever is thrown on the way becomes a response too. */
export function createApp(
  server: ServerContext,
  access: { host: string; token: string | undefined },
): (request: Request) => Promise<Response> {
  const { host, token } = access;
  const app = new Hono();
  app.use(async ({ req }, next) => {
    checkOrigin(req.raw, host);
    const answer = token === undefined ? undefined : checkToken(req.raw, token);
    if (answer) return answer;
    return next();
  });
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path, (context) => route.handle(context, server));
  }
  const description = JSON.stringify(describeApi(routes));
  app.get("/openapi.json", () => {
    return new Response(description, { headers: { "Content-Type": "application/json" } });
  });
  app.get("*", (context) => page(context, server));
  app.notFound(() => {
    throw new MedRoundsError("route-missing", "There is nothing at this address for this method.");
  });
  app.onError(errorResponse);
  return async (request) => addSecurityHeaders(await app.fetch(request));
}

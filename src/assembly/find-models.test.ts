import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { chooseLocalModel, findModels } from "./find-models.ts";

/** A server of this machine at any free port. */
async function serve(reply: (response: ServerResponse, path: string) => void) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    reply(response, request.url ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const list = (...ids: string[]) =>
  JSON.stringify({ object: "list", data: ids.map((id) => ({ id, object: "model" })) });

describe("the model servers of this machine", () => {
  it("are those at the ports that list their models, found within a third of a second each", async () => {
    await using model = await serve((response) => response.end(list("a", "b")));
    await using page = await serve((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>Welcome</p>"),
    );
    await using silent = await serve(() => undefined);
    const gone = await serve(() => undefined);
    await gone[Symbol.asyncDispose]();
    const ports = [model, page, silent, gone].map(({ port }) => ({ port, program: `at ${port}` }));
    const began = performance.now();
    expect(await findModels({ ports })).toEqual([
      { endpoint: `http://127.0.0.1:${model.port}/v1`, program: `at ${model.port}`, models: ["a", "b"] },
    ]);
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(model.paths).toEqual(["/v1/models"]);
  });

  it("are looked for until the signal says stop", async () => {
    await using silent = await serve(() => undefined);
    const ports = [{ port: silent.port, program: "silent" }];
    const reason = new Error("enough");
    await expect(findModels({ ports, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("give the one that fits what was asked for", () => {
    const servers = [
      { endpoint: "http://127.0.0.1:1/v1", program: "A", models: ["a"] },
      { endpoint: "http://127.0.0.1:2/v1", program: "B", models: ["b", "c"] },
    ];
    expect(chooseLocalModel(servers.slice(0, 1), undefined)).toEqual({
      endpoint: "http://127.0.0.1:1/v1",
      model: "a",
    });
    expect(chooseLocalModel(servers, "c")).toEqual({ endpoint: "http://127.0.0.1:2/v1", model: "c" });
    const code = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(() => chooseLocalModel(servers, undefined))).toBe("local-model-unclear");
    expect(code(() => chooseLocalModel(servers, "d"))).toBe("local-model-missing");
    expect(code(() => chooseLocalModel([], undefined))).toBe("local-model-missing");
  });
});

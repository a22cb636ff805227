import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { openLibraryAt, prepareDemo } from "../../src/assembly/index.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server/index.ts";
import { projectRoot } from "./run-cli.ts";

/** The page, freshly built, and a library, in a folder of their own; servers over them. */
export type PageSite = AsyncDisposable & {
  folder: string;
  pageFolder: string;
  demo: Awaited<ReturnType<typeof prepareDemo>>;
  /** Starts a server at a free port; closed with the site. */
  serve(policy?: ServerOptions["policy"], options?: Partial<ServerOptions>): Promise<RunningServer>;
};

export async function openPageSite(): Promise<PageSite> {
  const folder = await mkdtemp(join(tmpdir(), "medrounds-page-"));
  const pageFolder = join(folder, "page");
  await build({
    configFile: join(projectRoot, "vite.config.ts"),
    root: join(projectRoot, "src/web"),
    logLevel: "error",
    build: { outDir: pageFolder },
  });
  const demo = await prepareDemo({ folder: join(folder, "demo") });
  const library = await openLibraryAt(demo.library);
  const servers: RunningServer[] = [];
  return {
    folder,
    pageFolder,
    demo,
    async serve(policy = {}, options = {}) {
      const server = await startServer({
        library,
        policy,
        host: "127.0.0.1",
        port: 0,
        pageFolder,
        roundsFolder: join(folder, "rounds"),
        demo,
        ...options,
      });
      servers.push(server);
      return server;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.close()));
      library[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

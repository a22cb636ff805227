import { parentPort, workerData } from "node:worker_threads";
import { type Engine, EngineMissing, QueryRefusal } from "../engines/engine.ts";
import { engines } from "../engines/list.ts";
import { withoutFolder } from "../without-folder.ts";
import type { Opening, Reply, Request } from "./message.ts";

const { engine, file, limits } = workerData as Opening;
const opened = engines[engine].open(file, limits);

parentPort?.on("message", async (request: Request) => {
  parentPort?.postMessage(await attempt(async () => answer(await opened, request)));
});
parentPort?.postMessage(await attempt(() => opened.then(() => ({ type: "opened" }))));

async function answer(database: Engine, request: Request): Promise<Reply> {
  if (request.type === "tables") return { type: "tables", tables: await database.tables() };
  return { type: "rows", rows: await database.query(request.sql) };
}

async function attempt(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QueryRefusal) return { type: "refused", message: withoutFolder(error.message) };
    if (error instanceof EngineMissing) return { type: "missing", code: error.code };
    return { type: "unreadable" };
  }
}

import { parentPort, workerData } from "node:worker_threads";
import { type Engine, EngineMissing, QueryRefusal } from "../engines/engine.ts";
import { engines } from "../engines/list.ts";
import type { Opening, Reply, Request } from "./message.ts";

const { engine, file, limits } = workerData as Opening;
let opened: Promise<Engine> | undefined;

parentPort?.on("message", async (request: Request) => {
  parentPort?.postMessage(await answer(request));
});

async function answer(request: Request): Promise<Reply> {
  try {
    opened ??= engines[engine].open(file, limits);
    const database = await opened;
    if (request.type === "tables") return { type: "tables", tables: await database.tables() };
    return { type: "rows", rows: await database.query(request.sql) };
  } catch (error) {
    if (error instanceof QueryRefusal) return { type: "refused", message: error.message };
    if (error instanceof EngineMissing) return { type: "missing", code: error.code };
    return { type: "unreadable", message: error instanceof Error ? error.message : "" };
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { inject } from "vitest";

/** Why the tests of Milvus can't run here, or nothing. */
export const milvusMissing = inject("pythonPrograms") ? undefined : "there is no python3 to run Milvus Lite";

/** A real Milvus Lite server on the loopback, in a process of its own. */
export type MilvusServer = AsyncDisposable & {
  port: number;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again over the same data, at the same port. */
  restart(): Promise<void>;
};

export async function startMilvus(folder: string): Promise<MilvusServer> {
  const port = await freePort();
  let child = await start({ folder, port });
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    port,
    kill: () => end("SIGKILL"),
    async restart() {
      await end("SIGKILL");
      child = await start({ folder, port });
    },
    [Symbol.asyncDispose]: () => end("SIGKILL"),
  };
}

async function start({ folder, port }: { folder: string; port: number }): Promise<ChildProcess> {
  const program = join(inject("pythonPrograms") ?? "", "milvus-lite");
  const data = join(folder, "milvus");
  const options = ["server", "--data-dir", data, "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(program, options, {
    env: { ...process.env, PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text.toString();
      if (output.includes("listening")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Milvus Lite ended: ${output.slice(-2_000)}`)));
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

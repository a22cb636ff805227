import type { IncomingMessage } from "node:http";
import { RequestProblem } from "./problem.ts";

const mostBytes = 256 * 1024 * 1024;

/** A request's body as text, of at most 256 MB. */
export async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new RequestProblem({ status: 413, message: "The request is larger than 256 MB." });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

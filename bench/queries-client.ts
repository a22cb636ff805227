/** Closed loop of a trainer: `connections` clients post batches to /queries one after another. Told by its parent process. */
import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";

export type ClientTask = { url: string; bodies: string[]; connections: number; seconds: number };
export type ClientReport = { requests: number; seconds: number; latencies: number[]; bytes: number };

process.once("message", async ({ url, bodies, connections, seconds }: ClientTask) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  let bytes = 0;
  const began = performance.now();
  const ends = began + seconds * 1000;
  const loop = async () => {
    while (performance.now() < ends) {
      const sent = performance.now();
      const length = await post({ agent, url, body: bodies[next++ % bodies.length] ?? "" });
      bytes += length;
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  const report: ClientReport = { requests: latencies.length, seconds: took, latencies, bytes };
  process.send?.(report, () => process.disconnect());
});

function post({ agent, url, body }: { agent: Agent; url: string; body: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { agent, method: "POST", headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`HTTP ${response.statusCode}`));
      buffer(response).then((read) => resolve(read.length), reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

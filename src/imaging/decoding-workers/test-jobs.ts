/** Jobs for the tests of the pool: good ones, and each way in which one can go wrong. */
import { setTimeout as pause } from "node:timers/promises";
import { MedRoundsError } from "#contracts";
import { serveJobs } from "./serve-jobs.ts";

let jobs = 0;

serveJobs({
  async double(bytes: Uint8Array) {
    return { bytes: bytes.map((byte) => byte * 2), jobs: ++jobs };
  },
  async wait(milliseconds: number) {
    await pause(milliseconds);
    return milliseconds;
  },
  async refuse(name: string) {
    throw new MedRoundsError("image-truncated", `${name} lacks part of its image.`, { name });
  },
  async break(secret: string) {
    throw new RangeError(secret);
  },
  async loop() {
    for (;;);
  },
  async fillHeap() {
    const held: object[] = [];
    for (;;) held.push({ held: [held.length] });
  },
  async fillBuffers() {
    const held: Uint8Array[] = [];
    while (held.length < 1_000) {
      held.push(new Uint8Array(8_000_000).fill(1));
      await pause(20);
    }
  },
  async exit() {
    process.exit(0);
  },
  async print(secret: string) {
    process.stdout.write(secret);
    console.error(secret);
  },
});

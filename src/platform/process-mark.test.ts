import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { isRunningProcess, ownProcessMark } from "./index.ts";

describe("the mark of a process", () => {
  it("tells that this process runs", async () => {
    expect(await isRunningProcess(await ownProcessMark())).toBe(true);
  });

  it("tells that another process has its id now", async ({ skip }) => {
    if (!existsSync("/proc/self/stat")) skip("this system does not tell when a process started");
    expect(await isRunningProcess(JSON.stringify({ id: process.pid, started: "1" }))).toBe(false);
  });

  it("tells that a killed process has ended, also before its parent has noticed", async ({ skip }) => {
    if (!existsSync("/proc/self/stat")) skip("this system has no /proc");
    // The shell starts a child, prints its id and never waits for it: the child stays as a zombie.
    const shell = spawn("sh", ["-c", "sleep 0.05 & echo $!; exec sleep 30"]);
    try {
      const id = Number(await new Promise<string>((resolve) => shell.stdout.once("data", resolve)));
      await pause(300);
      expect(await isRunningProcess(JSON.stringify({ id }))).toBe(false);
    } finally {
      shell.kill("SIGKILL");
    }
  });

  it.each(["", "{}", "17", '{"id":-1}', '{"id":999999999}'])(
    "takes %j for no running process",
    async (mark) => {
      expect(await isRunningProcess(mark)).toBe(false);
    },
  );
});

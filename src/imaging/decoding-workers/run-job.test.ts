import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

describe("a process that has decoded in threads", () => {
  it("ends when its own work is done", () => {
    const code = `
      import { decodeImage } from "#imaging";
      import { writeDicomImage } from "./test/support/dicom-writer.ts";
      const file = writeDicomImage({ rows: 2, columns: 2, pixels: [0, 1, 2, 3] });
      const { width } = await decodeImage(file, { name: "small.dcm" });
      process.stdout.write(String(width));
    `;
    const options = ["--conditions=medrounds-source", "--input-type=module", "-e", code];
    const { status, stdout, signal } = spawnSync(process.execPath, options, {
      cwd: root,
      encoding: "utf8",
      timeout: 20_000,
    });
    expect([signal, status, stdout]).toEqual([null, 0, "2"]);
  });
});

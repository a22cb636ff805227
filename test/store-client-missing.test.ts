import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

/** Makes a process find no client of Milvus, as where it was never installed. */
const withoutClient = `--import=data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from "node:module";
  registerHooks({
    resolve(name, context, next) {
      if (!name.startsWith("@zilliz/")) return next(name, context);
      throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    },
  });`,
)}`;

it("a library on Milvus names the command that installs its client where it is missing", async () => {
  const folder = await makeFolder("no-client");
  await mkdir(join(folder, "notes"));
  await writeFile(join(folder, "notes/a.md"), "# Effusion\n\nFluid around the lung.\n");
  const { code, stdout, stderr } = await runCli(
    ["library", "add", "notes", "--store", "milvus://127.0.0.1:1/x", "--json"],
    { cwd: folder, env: { NODE_OPTIONS: withoutClient } },
  );
  await removeFolder(folder);
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, "store-client-missing"]);
  expect(stderr).toContain("npm install @zilliz/milvus2-sdk-node@3.0.6");
  expect(stderr).not.toMatch(/^\s+at /m);
});

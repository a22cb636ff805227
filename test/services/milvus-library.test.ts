import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeMilvus } from "../support/milvus-suite.ts";
import { makeFolder, removeFolder, runCli, writeManifest } from "../support/run-cli.ts";

const documents = 3_000;

describeMilvus("A library on Milvus", ({ locate, server }) => {
  let folder: string;
  let libraries = 0;
  let location: string;

  beforeEach(async () => {
    folder = await makeFolder("milvus-library");
    location = locate(`library${libraries++}`);
  });
  afterEach(() => removeFolder(folder));

  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli([...args, "--json"], { cwd: folder });
    return { code, stderr, json: JSON.parse(stdout || "null") };
  };
  const add = (...more: string[]) => run("library", "add", "files", "--store", location, ...more);
  /** What the library holds: each document once, whole, and found. */
  const expectWhole = async () => {
    const status = (await run("library", "status")).json;
    expect([status.passages, status.store]).toEqual([documents, location]);
    const search = (await run("search", "what is finding 1234?", "--top", "3")).json;
    expect(JSON.stringify(search)).toContain("Finding 1234 is a sign");
  };
  const writeRows = async (count = documents) => {
    await mkdir(join(folder, "files"), { recursive: true });
    const rows = Array.from({ length: count }, (_, n) =>
      JSON.stringify({ id: `t${n}`, title: `Finding ${n}`, text: `Finding ${n} is a sign in the lung.` }),
    );
    await writeFile(join(folder, "files/notes.jsonl"), rows.join("\n"));
  };

  it("takes texts and images, finds both, and removes them again", async () => {
    await writeManifest(join(folder, "files"), [
      ...Array.from({ length: 6 }, (_, n) => ({
        id: `c${n}`,
        file: `${n}.png`,
        labels: ["Effusion"],
        patient_id: `p${n}`,
      })),
      { id: "t1", title: "Effusion", text: "A pleural effusion is fluid around the lung." },
    ]);
    const added = await add();
    expect([added.code, added.json.added.cases, added.json.added.documents]).toEqual([0, 6, 1]);
    const again = await add();
    expect([again.json.unchanged.cases, again.json.unchanged.documents]).toEqual([6, 1]);
    expect(JSON.stringify((await run("search", "pleural effusions")).json)).toContain(
      "fluid around the lung",
    );
    const similar = await run("search", "--image", "files/0.png");
    expect(JSON.stringify(similar.json)).toContain("c1");
    expect(JSON.stringify(similar.json)).not.toContain('"c0"');
    const asked = await run("ask", "Is there an effusion?", "--image", "files/0.png");
    expect(asked.code).toBe(0);
    expect(JSON.stringify(asked.json)).toContain("fluid around the lung");
    const sent = asked.json.events.filter(({ type }: { type: string }) => type === "data-sent");
    expect(sent).toContainEqual(expect.objectContaining({ host: new URL(location).host, images: 0 }));
    const doctor = await run("library", "doctor");
    expect([doctor.code, doctor.json]).toMatchObject([
      0,
      { sound: true, passages: 1, cases: 6, problems: [] },
    ]);
    const removed = await run("library", "remove", "--corpus", "files", "--yes");
    expect(removed.code).toBe(0);
    const { passages, cases } = (await run("library", "status")).json;
    expect([passages, cases]).toEqual([0, 0]);
  });

  it("holds each document once after additions were killed at any moment and run again", async () => {
    await writeRows();
    const start = Date.now();
    await runCli(["library", "add", "files", "--store", `${location}_whole`, "--library", "whole"], {
      cwd: folder,
    });
    const whole = Date.now() - start;
    for (const part of [0.4, 0.55, 0.7, 0.85, 0.95]) {
      await runCli(["library", "add", "files", "--store", location], {
        cwd: folder,
        kill: { signal: "SIGKILL", after: part * whole },
      });
    }
    expect((await add()).code).toBe(0);
    await expectWhole();
  });

  it("tells what to do when the server is gone, and a second run completes the addition", async () => {
    await writeRows();
    expect((await add("--name", "first")).code).toBe(0);
    await server().kill();
    const failed = await run("search", "finding");
    expect([failed.code, failed.json.error.code]).toEqual([1, "store-unreachable"]);
    expect(failed.stderr).not.toMatch(/^\s+at /m);
    const doctor = await run("library", "doctor");
    expect([doctor.code, doctor.json.sound]).toEqual([1, false]);
    expect(doctor.json.problems[0].cure).toContain("Start the store's server");
    await server().restart();
    expect((await add("--name", "first")).json.unchanged.documents).toBe(documents);
    await expectWhole();
  });

  it("stays in its store", async () => {
    await writeRows(2);
    expect((await add()).code).toBe(0);
    const elsewhere = await run("library", "add", "files", "--store", "lancedb");
    expect([elsewhere.code, elsewhere.json.error.code]).toEqual([1, "store-mismatch"]);
    expect((await run("library", "add", "files")).json.unchanged.documents).toBe(2);
  });

  it("can be made after all where its store was mistyped or down the first time", async () => {
    await writeRows(2);
    for (const [store, code] of [
      ["milvus://127.0.0.1:1/x", "store-unreachable"],
      ["milvus://nowhere", "store-invalid"],
    ] as const) {
      expect((await run("library", "add", "files", "--store", store)).json.error.code).toBe(code);
    }
    expect((await add()).json.added.documents).toBe(2);
  });
});

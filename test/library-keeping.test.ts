import { createHash } from "node:crypto";
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeFolder, removeFolder, runCli, writeManifest } from "./support/run-cli.ts";
import { type ScriptedFiles, startScriptedFiles } from "./support/scripted-files.ts";

let folder: string;
beforeAll(async () => {
  folder = await makeFolder("keeping");
  for (const [corpus, pictures] of [
    ["a", 1],
    ["b", 2],
  ] as const) {
    // The first picture is the same in both.
    const cases = Array.from({ length: pictures }, (_, n) => ({
      id: `case${n}`,
      file: `${n}.png`,
      text: corpus,
    }));
    await writeManifest(join(folder, corpus), [{ id: "text", text: `The lung of ${corpus}.` }, ...cases]);
  }
  const { code } = await run("library", "add", "a", "b", "--library", "template");
  expect(code).toBe(0);
});
afterAll(() => removeFolder(folder));
beforeEach(async () => {
  await removeFolder(join(folder, ".medrounds"));
  await cp(join(folder, "template"), join(folder, ".medrounds/library"), { recursive: true });
});

const run = (...args: string[]) => runCli(args, { cwd: folder });
const images = async () =>
  (await readdir(join(folder, ".medrounds/library/images"), { recursive: true })).filter((name) =>
    name.endsWith(".png"),
  );

describe("library remove", () => {
  it("removes a corpus and says what went", async () => {
    const { code, stdout } = await run("library", "remove", "--corpus", "b", "--yes");
    expect([code, stdout.replaceAll("\n", " ")]).toEqual([
      0,
      "Removed 1 document (1 passage) and 2 cases, with 1 image that no case uses. ",
    ]);
    const { stdout: status } = await run("library", "status", "--json");
    expect(JSON.parse(status)).toMatchObject({ corpora: [{ name: "a", passages: 1, cases: 1 }] });
  });

  it("refuses an embedder that the library has none of, and two targets at once", async () => {
    const none = await run("library", "remove", "--embedder", "tei:http://127.0.0.1:1", "--yes");
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("(entry-missing)")]);
    const two = await run("library", "remove", "--embedder", "x", "--corpus", "a", "--yes");
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("(usage-invalid)")]);
  });

  it("removes by id, as JSON, and lists the ids that are not there", async () => {
    const { code, stdout } = await run("library", "remove", "--id", "a/text", "a/none", "--yes", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        library: ".medrounds/library",
        documents: 1,
        passages: 1,
        cases: 0,
        vectors: 0,
        images: 0,
        missing: ["a/none"],
      },
    ]);
  });

  it.each([
    [["--corpus", "a"], 2, "usage-invalid"],
    [["--yes"], 2, "usage-invalid"],
    [["--corpus", "a", "--id", "a/text", "--yes"], 2, "usage-invalid"],
    [["--corpus", "none", "--yes"], 1, "entry-missing"],
    [["--id", "none", "--yes"], 1, "entry-missing"],
    [["--corpus", "a", "--yes", "--library", "elsewhere"], 1, "library-missing"],
  ])("%j changes nothing", async (args, exit, error) => {
    const { code, stderr } = await run("library", "remove", ...args);
    expect(stderr).toContain(`(${error})`);
    expect(code).toBe(exit);
    expect((await run("search", "lung", "--json")).stdout).toContain('"a/text"');
  });
});

describe("library doctor", () => {
  it("finds a library sound, with its counts", async () => {
    const { code, stdout } = await run("library", "doctor");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Corpus +Passages +Cases\na +1 +1\nb +1 +2\n\nThe library is sound\.\n$/);
  });

  it("ends with exit code 1 where something is broken, and says what and what to do", async () => {
    for (const name of await images()) await rm(join(folder, ".medrounds/library/images", name));
    const { code, stdout } = await run("library", "doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /Broken {4}Images that cases use and that are not there: 2\.\n {10}Add their sources again/,
    );
    const { stdout: json } = await run("library", "doctor", "--json");
    expect(JSON.parse(json)).toMatchObject({
      sound: false,
      problems: [{ kind: "image-missing", severity: "broken", count: 2 }],
    });
    expect((await run("library", "add", "a", "b")).code).toBe(0);
    expect((await run("library", "doctor")).code).toBe(0);
  });

  it("tells of a library that is not there", async () => {
    const { code, stdout } = await run("library", "doctor", "--library", "elsewhere");
    expect(code).toBe(1);
    expect(stdout).toContain("There is no library in");
  });
});

describe("library recipes and fetch", () => {
  let server: ScriptedFiles;
  beforeEach(async () => {
    server = await startScriptedFiles();
    const snippet = { id: "Anatomy_1", title: "Anatomy", content: "The spleen filters blood." };
    const content = Buffer.from(
      `${JSON.stringify({ ...snippet, contents: "Anatomy. The spleen filters blood." })}\n`,
    );
    const oid = createHash("sha256").update(content).digest("hex");
    const revision = "9c72838920a1323ffa867467d3f7aa7b36b0f994";
    const entry = { type: "file", path: "chunk/Anatomy.jsonl", oid: "0", size: content.length };
    server.files.set(`/api/datasets/MedRAG/textbooks/tree/${revision}/chunk?recursive=true`, {
      content: Buffer.from(JSON.stringify([{ ...entry, lfs: { oid, size: content.length } }])),
    });
    server.files.set(`/datasets/MedRAG/textbooks/resolve/${revision}/chunk/Anatomy.jsonl`, { content });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it("lists what can be fetched, with license, size and page", async () => {
    const { code, stdout } = await run("library", "recipes");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^medrag-textbooks {2}Textbooks, as MedRAG cut them, about 212 MB$/m);
    expect(stdout).toMatch(/^ {2}License: MIT$/m);
    const { recipes } = JSON.parse((await run("library", "recipes", "--json")).stdout) as {
      recipes: unknown[];
    };
    expect(recipes).toHaveLength(5);
  });

  it("fetches by way of a mirror, checks, and adds what was fetched", async () => {
    const { code, stdout } = await run(
      ...["library", "fetch", "medrag-textbooks", "--mirror", server.url, "--add"],
    );
    expect(code).toBe(0);
    expect(stdout.replaceAll("\n", " ")).toMatch(
      /^1 file, 0\.1 kB, in .*medrag-textbooks \(1 fetched now\)\. /,
    );
    expect(stdout).toContain("Every file has the checksum that its publisher tells.");
    expect(stdout).toMatch(/^Added 1 passage of 1 document/m);
    expect((await run("search", "spleen", "--json")).stdout).toContain("medrag-textbooks/Anatomy_1");
  });

  it("takes the mirror from the environment, and finds what is there already", async () => {
    const fetchIt = () =>
      runCli(["library", "fetch", "medrag-textbooks", "--into", "books", "--json"], {
        cwd: folder,
        env: { MEDROUNDS_MIRROR: server.url },
      });
    const outcomes = [await fetchIt(), await fetchIt()].map(({ stdout }) => JSON.parse(stdout) as unknown);
    expect(outcomes).toMatchObject([
      { content: join(folder, "books"), files: [{ path: "Anatomy.jsonl", outcome: "downloaded" }] },
      { files: [{ outcome: "present", checked: true }] },
    ]);
  });

  it("tells what is no recipe, and what is not there any more", async () => {
    const unknown = await run("library", "fetch", "nonsense");
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("med-rwr, medrag-pubmed")]);
    server.files.clear();
    const gone = await run("library", "fetch", "medrag-textbooks", "--mirror", server.url, "--json");
    expect(gone.code).toBe(1);
    expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: "download-missing" } });
    expect(gone.stderr).not.toMatch(/^ +at /m);
  });
});

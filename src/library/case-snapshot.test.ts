import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  dropCaseSnapshot,
  type ProjectedEntry,
  readCaseSnapshot,
  writeCaseSnapshot,
} from "./case-snapshot.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-snapshot-"));
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (number: number): ProjectedEntry => ({
  id: `x/${number} é`,
  corpus: "x",
  pixelHash: `${number}`,
  patientId: "p",
  studyId: "",
  slideId: "",
  labels: ["Mass", `Label ${number}`],
  facets: { kind: "", modality: "cr", view: "pa", organ: "" },
  descriptor: Float32Array.of(number, 0.6, 0.8),
  fingerprint: Float32Array.of(1, number),
  projected: Float32Array.of(0.1, 0.2, 0.3, number),
  encoded: [number % 2 === 0 ? Float32Array.of(0, number + 1) : undefined, undefined],
});
const entries = Array.from({ length: 2_100 }, (_, number) => entry(number));
const isCurrent = async () => true;
const file = () => join(folder, "cases.snapshot");

describe("the entries of a library in a file", () => {
  it("are read as they were written, by their key alone", async () => {
    await writeCaseSnapshot({ folder }, { key: "1 2", entries, isCurrent });
    expect(await readCaseSnapshot({ folder }, "1 2")).toEqual(entries);
    expect(await readCaseSnapshot({ folder }, "1 3")).toBeUndefined();
  });

  it("are none where there are none, or damaged ones", async () => {
    expect(await readCaseSnapshot({ folder }, "1")).toBeUndefined();
    await writeCaseSnapshot({ folder }, { key: "1", entries: [], isCurrent });
    expect(await readCaseSnapshot({ folder }, "1")).toEqual([]);
    await writeCaseSnapshot({ folder }, { key: "1", entries, isCurrent });
    await truncate(file(), (await readFile(file())).length - 1);
    expect(await readCaseSnapshot({ folder }, "1")).toBeUndefined();
    await writeFile(file(), "{".padEnd(5_000));
    expect(await readCaseSnapshot({ folder }, "1")).toBeUndefined();
  });

  it("are taken away where the library changed while they were written", async () => {
    await writeCaseSnapshot({ folder }, { key: "1", entries, isCurrent: async () => false });
    expect(await readdir(folder)).toEqual([]);
    const answers = [true, false];
    const changesAtLast = async () => answers.shift() ?? false;
    await writeCaseSnapshot({ folder }, { key: "1", entries, isCurrent: changesAtLast });
    expect([await readdir(folder), answers]).toEqual([[], []]);
  });

  it("leave with what interrupted writes left of them, and nothing else does", async () => {
    await writeCaseSnapshot({ folder }, { key: "1", entries, isCurrent });
    await writeFile(`${file()}.1.part`, "x");
    await writeFile(join(folder, "library.json"), "{}");
    await dropCaseSnapshot({ folder });
    expect(await readdir(folder)).toEqual(["library.json"]);
  });
});

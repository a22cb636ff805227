import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtInDescriptor } from "#imaging";
import { meanEncoder } from "../../../test/support/mean-encoder.ts";
import { addToLibrary } from "../add.ts";
import { embedImages } from "../embed-images.ts";
import { type Library, openLibrary } from "../library.ts";
import { refitLibrary } from "../similarity.ts";
import { examineLibrary } from "./examine-library.ts";

let folder: string;
let place: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-doctor-images-"));
  place = join(folder, "library");
  library = await open();
  const files = join(folder, "tiles");
  await mkdir(files);
  for (const [name, background] of Object.entries({ a: "#ff0000", b: "#0000ff" })) {
    const create = { width: 40, height: 40, channels: 3 as const, background };
    await sharp({ create })
      .png()
      .toFile(join(files, `${name}.png`));
  }
  await addToLibrary({ library, paths: [files] });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const open = () => openLibrary({ folder: place, embedder: builtInDescriptor, create: true });
const findings = async () => {
  const { problems } = await examineLibrary({ folder: place, open });
  return problems.map(({ kind, severity, count, examples }) => [kind, severity, count, examples[0]]);
};
const embed = () => embedImages({ library, encoder: meanEncoder(), source: "means:" });
const byId = (value: string) => ({ type: "equals", column: "id", value }) as const;

describe("a library whose images have vectors", () => {
  it("has no problem once how its cases are compared was fitted with them", async () => {
    expect(await findings()).toEqual([]);
    await embed();
    expect(await findings()).toEqual([["similarity-outdated", "harmless", 1, undefined]]);
    await refitLibrary(library);
    expect(await findings()).toEqual([]);
  });

  it("names vectors that are no directions", async () => {
    await embed();
    await refitLibrary(library);
    const collection = library.imageVectors[0]?.collection;
    const [row] =
      (await collection?.find({ filter: byId("tiles/a.png"), columns: ["corpus", "image"] })) ?? [];
    const rows = [{ ...row, vector: new Float32Array(4).fill(3) }] as never;
    await collection?.replace({ rows, filter: byId("tiles/a.png") });
    expect(await findings()).toEqual([["image-vector-invalid", "broken", 1, "tiles/a.png"]]);
  });

  it("names cases without one, and vectors without a case, until they are embedded again", async () => {
    await embed();
    await refitLibrary(library);
    const vectors = library.imageVectors[0]?.collection;
    await vectors?.remove(byId("tiles/a.png"));
    await library.cases.remove(byId("tiles/b.png"));
    expect(await findings()).toMatchObject([
      ["cases-without-vector", "harmless", 1, "tiles/a.png"],
      ["image-unused", "harmless", 1, expect.any(String)],
      ["vectors-without-case", "harmless", 1, "tiles/b.png"],
    ]);
    await embed();
    expect((await findings()).map(([kind]) => kind)).toEqual(["image-unused"]);
  });
});

describe("left-overs of what was cut short", () => {
  it("are told: a removal whose bytes may be there, no fit, a damaged one", async () => {
    await writeFile(join(place, "removal.pending"), "");
    await rm(join(place, "similarity.json"));
    expect((await findings()).map(([kind]) => kind)).toEqual(["removal-pending", "similarity-missing"]);
    await rm(join(place, "removal.pending"));
    await writeFile(join(place, "similarity.json"), "{");
    expect((await findings()).map(([kind]) => kind)).toEqual(["similarity-damaged"]);
  });
});

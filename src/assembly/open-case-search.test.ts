import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeImage } from "#imaging";
import { type MeanImageServer, startMeanImages } from "../../test/support/mean-image-server.ts";
import { collectEvents, eventsOf } from "../../test/support/rounds.ts";
import { softShapes } from "../imaging/test-images.ts";
import { addToLibrary } from "./add-to-library.ts";
import { embedImagesFrom } from "./embed-library.ts";
import { fitLibrary, type Library, removeEmbedder, removeFromLibrary } from "./index.ts";
import { openLibraryEncoders } from "./library-encoders.ts";
import { type CaseQuestion, type CaseSearch, openCaseSearch } from "./open-case-search.ts";
import { openLibraryAt } from "./open-library.ts";
import { openPassageSearch } from "./open-passage-search.ts";
import { prepareRound } from "./prepare-round.ts";

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-case-search-"));
  library = await openLibraryAt(join(folder, "library"), { create: true });
});
afterEach(async () => {
  library[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

type AddedCase = { picture: Sharp; type?: "png" | "jpeg" } & Record<string, unknown>;

async function add(cases: Record<string, AddedCase>): ReturnType<typeof addToLibrary> {
  const files = join(folder, "x");
  await rm(files, { recursive: true, force: true });
  await mkdir(files);
  const rows = [];
  for (const [id, { picture, type = "png", ...row }] of Object.entries(cases)) {
    await writeFile(join(files, `${id}.${type}`), await picture.toFormat(type).toBuffer());
    rows.push(JSON.stringify({ id, file: `${id}.${type}`, ...row }));
  }
  await writeFile(join(files, "manifest.jsonl"), rows.join("\n"));
  const report = await addToLibrary({ library, paths: [files] });
  expect(report.refused).toEqual([]);
  return report;
}

const decode = async (picture: Sharp) =>
  decodeImage(await picture.png().toBuffer(), { name: "question.png" });
const shade = (background: string) => sharp({ create: { width: 32, height: 32, channels: 3, background } });
type Asked = Omit<CaseQuestion, "top" | "images"> & { patientIds?: string[]; slideId?: string; box?: object };
async function find(cases: CaseSearch, picture: Sharp | undefined, asked: Asked = {}) {
  const { patientIds, slideId, box, ...options } = asked;
  const identity = { ...(patientIds ? { patientIds } : {}), ...(slideId ? { slideId } : {}) };
  const images = picture ? [{ decoded: await decode(picture), ...identity, ...(box ? { box } : {}) }] : [];
  const found = await cases.search({ top: 10, images, ...options } as CaseQuestion);
  return { ...found, ids: found.hits.map((hit) => hit.case.id.replace("x/", "")) };
}
async function findOnce(picture: Sharp | undefined, asked: Asked = {}) {
  await using cases = openCaseSearch({ library });
  return await find(cases, picture, asked);
}

describe("the search of cases by image", () => {
  beforeEach(() =>
    add({
      itself: { picture: softShapes(1), patient_id: "p", labels: ["Mass"] },
      "same-patient": { picture: softShapes(2), patient_id: "p" },
      "other-patient": { picture: softShapes(3), patient_id: "q", slide_id: "s" },
      nobodys: { picture: softShapes(4), view: "PA" },
    }),
  );

  it("leaves out the image and its patient, and tells how much", async () => {
    const found = await findOnce(softShapes(1));
    expect(found.ids.toSorted()).toEqual(["nobodys", "other-patient"]);
    expect(found.excluded).toEqual({ sameImage: 1, nearIdentical: 0, samePatient: 1, sameSlide: 0 });
    expect([found.searched, found.notes]).toEqual([2, []]);
  });

  it.each([
    ["encoded again", () => softShapes(1).jpeg({ quality: 70 })],
    ["halved", () => softShapes(1).resize(100).png()],
    ["doubled", () => softShapes(1).resize(400).png()],
  ])("leaves out the image and its patient when the question is a copy that is %s", async (_what, copy) => {
    const found = await findOnce(sharp(await copy().toBuffer()));
    expect(found.ids.toSorted()).toEqual(["nobodys", "other-patient"]);
    expect(found.excluded).toEqual({ sameImage: 0, nearIdentical: 1, samePatient: 1, sameSlide: 0 });
  });

  it("leaves out the patient and the slide that the question names, the slide's patient too, and shows them apart where asked", async () => {
    const found = await findOnce(softShapes(9), { patientIds: ["p"], slideId: "s", samePatient: 5 });
    expect(found.ids).toEqual(["nobodys"]);
    expect(found.samePatient.map((hit) => hit.case.id).toSorted()).toEqual([
      "x/itself",
      "x/other-patient",
      "x/same-patient",
    ]);
  });

  it("gives a cosine as the score, and the likeness of the images as they are", async () => {
    const { hits } = await findOnce(softShapes(9));
    for (const { score, likeness } of hits) {
      expect(Math.abs(score)).toBeLessThanOrEqual(1);
      expect(likeness).toBeGreaterThan(0);
    }
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  it("finds by what a manifest says of the image alone, and tells of a value that no case has", async () => {
    expect((await findOnce(softShapes(9), { filter: { facets: { view: ["pa"] } } })).ids).toEqual([
      "nobodys",
    ]);
    const none = await findOnce(softShapes(9), { filter: { facets: { organ: ["brain"] } } });
    expect([none.ids, none.unknownValues]).toEqual([[], [{ field: "organ", value: "brain" }]]);
  });

  it("compares a part of the image, and knows the whole for the library's own", async () => {
    const found = await findOnce(softShapes(1), { box: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 } });
    expect(found.excluded).toMatchObject({ sameImage: 1, samePatient: 1 });
    const outside = findOnce(softShapes(1), { box: { x: 2, y: 0, width: 0.5, height: 0.5 } });
    await expect(outside).rejects.toMatchObject({ code: "box-invalid" });
  });

  it("says so where there is no fit, and what to do; a fit makes it good", async () => {
    await writeFile(join(library.folder, "similarity.json"), "{");
    const found = await findOnce(softShapes(9));
    expect(found.ids).toHaveLength(4);
    expect(found.notes).toEqual([
      expect.stringMatching(/similarity\.json can't be read; run: medrounds library fit$/),
    ]);
    await fitLibrary(library);
    expect((await findOnce(softShapes(9))).notes).toEqual([]);
  });
});

describe("the search of cases by words", () => {
  beforeEach(() =>
    add({
      a: { picture: softShapes(1), labels: ["Pneumothorax"], view: "PA" },
      b: { picture: softShapes(2), labels: ["-Pneumothorax"], text: "Clear lungs.", view: "AP" },
    }),
  );

  it("goes by present labels and the text, not by what is denied", async () => {
    expect((await findOnce(undefined, { text: "pneumothorax" })).ids).toEqual(["a"]);
    expect((await findOnce(undefined, { text: "lungs" })).ids).toEqual(["b"]);
    expect((await findOnce(undefined, { text: "lungs", filter: { corpora: ["y"] } })).ids).toEqual([]);
  });

  it("can be narrowed, and joined with an image", async () => {
    const filter = { facets: { view: ["PA"] } };
    expect((await findOnce(undefined, { text: "lungs", filter })).ids).toEqual([]);
    const both = await findOnce(softShapes(9), { text: "lungs" });
    expect(both.ids.toSorted()).toEqual(["a", "b"]);
    expect(
      both.hits
        .find((hit) => hit.case.id === "x/b")
        ?.stages?.map(({ stage }) => stage)
        .toSorted(),
    ).toEqual(["images", "terms"]);
  });

  it("asks for something", async () => {
    await expect(findOnce(undefined)).rejects.toMatchObject({ code: "usage-invalid" });
  });
});

describe("the search of a library that changes, in a process that lives long", () => {
  it("finds what came, and shows no more what went, soon after", async () => {
    await add({ a: { picture: softShapes(1) } });
    await using cases = openCaseSearch({ library, inMemory: true, checkEvery: 20 });
    await cases.warm();
    expect((await find(cases, softShapes(9))).ids).toEqual(["a"]);
    await add({ b: { picture: softShapes(2) } });
    await vi.waitFor(async () => expect((await find(cases, softShapes(9))).ids).toHaveLength(2), 5_000);
    await removeFromLibrary({ library, target: { ids: ["x/a"] } });
    expect((await find(cases, softShapes(9))).ids).not.toContain("a");
    await vi.waitFor(async () => expect((await find(cases, softShapes(9))).searched).toBe(1), 5_000);
  });
});

describe("the search of a library whose images an encoder has seen", () => {
  let server: MeanImageServer;
  beforeEach(async () => {
    server = await startMeanImages();
    vi.spyOn(process, "cwd").mockReturnValue(folder);
    await add({ red: { picture: shade("#ff0000") }, blue: { picture: shade("#0000ff") } });
    await embedImagesFrom({ library, source: server.source });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server[Symbol.asyncDispose]();
  });

  it("describes the question by it, and names its server, which gets the image", async () => {
    await using cases = openCaseSearch({ library });
    expect(cases.servers).toEqual([{ host: server.host, loopback: true, takesImages: true }]);
    const sent = server.sent.images;
    expect((await find(cases, shade("#ee0101"))).notes).toEqual([]);
    // One more is the probe by which an encoder is opened.
    expect(server.sent.images - sent).toBe(2);
    const { encoders } = await cases.identity();
    expect(encoders).toEqual(library.imageVectors.map(({ embedder }) => embedder.fingerprint));
  });

  it("finds images by words that their labels do not have", async () => {
    expect((await findOnce(undefined, { text: "red" })).ids[0]).toBe("red");
    expect((await findOnce(undefined, { text: "blue" })).ids[0]).toBe("blue");
  });

  it("embeds what is added later, and says what to run where that fails", async () => {
    await add({ green: { picture: shade("#00ff00") } });
    expect(await library.imageVectors[0]?.collection.count()).toBe(3);
    server.refusing = true;
    const report = await add({ gray: { picture: shade("#777777") } });
    expect(report.notes).toMatchObject([
      { note: expect.stringMatching(/^images were not embedded: .* Run: medrounds library embed --images /) },
    ]);
    await using cases = openCaseSearch({ library });
    expect(await cases.notes()).toContainEqual(
      expect.stringMatching(/^1 of 4 cases have no vector of means/),
    );
  });

  it("goes on without it where it can't be asked or is another now, and says so", async () => {
    server.refusing = true;
    const refused = await findOnce(shade("#ee0101"));
    expect(refused.hits).toHaveLength(2);
    expect(refused.notes).toEqual([expect.stringMatching(/^Images are compared without means: /)]);
    server.refusing = false;
    await using cases = openCaseSearch({ library });
    expect((await find(cases, shade("#ee0101"))).notes).toEqual([]);
    server.refusing = true;
    expect((await find(cases, shade("#ee0101"))).notes).toHaveLength(1);
  });

  it("is asked once it can be, where it could not at first", async () => {
    server.refusing = true;
    await using encoders = openLibraryEncoders(library, { retryAfter: 0 });
    expect(await encoders.load()).toEqual({
      fingerprints: [],
      notes: [expect.stringMatching(/without means/)],
    });
    server.refusing = false;
    const wanted = library.imageVectors.map(({ embedder }) => embedder.fingerprint);
    await vi.waitFor(async () => {
      expect(await encoders.load()).toEqual({ fingerprints: wanted, notes: [] });
    });
  });

  it("sends no image to a host that the library alone names", async () => {
    const [vectors] = library.imageVectors;
    if (vectors) vectors.embedder.source = "infinity:https://vectors.example/v1#means";
    await using cases = openCaseSearch({ library });
    expect(cases.servers).toEqual([]);
    const found = await find(cases, shade("#ee0101"));
    expect(found.notes).toEqual([
      expect.stringMatching(/without means: .* vectors\.example .*MEDROUNDS_EMBEDDER_HOST/),
    ]);
    expect(found.hits).toHaveLength(2);
    vi.stubEnv("MEDROUNDS_EMBEDDER_HOST", "vectors.example");
    await using trusted = openCaseSearch({ library });
    expect(trusted.servers).toMatchObject([{ host: "vectors.example", loopback: false, takesImages: true }]);
    vi.unstubAllEnvs();
  });

  it("is told in a round before the image is sent, and is part of what decides its outcome", async () => {
    const ask = async () => {
      await using search = await openPassageSearch({ library });
      const bytes = await shade("#ee0101").png().toBuffer();
      const images = [{ name: "question.png", bytes }];
      const round = await prepareRound({ library, search, images, question: "Which mass?", options: [] });
      return collectEvents(round.run());
    };
    const events = await ask();
    expect(eventsOf(events, "data-sent")).toMatchObject([
      { host: server.host, loopback: true, images: 1, characters: 0 },
    ]);
    await removeEmbedder(library, server.source);
    const without = await ask();
    expect(eventsOf(without, "data-sent")).toEqual([]);
    const [first, second] = [events, without].map((some) => eventsOf(some, "round-start")[0]);
    expect(first?.configurationHash).not.toBe(second?.configurationHash);
  });
});

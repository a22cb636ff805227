import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  libraryEntrySchema,
  medicalNotice,
  type RoundEvent,
  roundSchema,
  type SearchResult,
  searchResultSchema,
  systemSchema,
} from "../src/contracts/index.ts";
import { expectFailure, readAll, startTestServer, type TestServer } from "./support/http-server.ts";
import { expectWholeRound } from "./support/round-invariants.ts";
import { eventsOf } from "./support/rounds.ts";
import { effusionText, imageNote } from "./support/small-library.ts";

let server: TestServer;
let picture: Buffer<ArrayBuffer>;

beforeAll(async () => {
  server = await startTestServer({
    demo: { questions: [{ title: "One", text: "What is it?", image: "q 1.png" }], imageFolder: "" },
  });
  picture = Buffer.from(await readFile(server.small.imageFile(4)));
});
afterAll(() => server[Symbol.asyncDispose]());

const file = (bytes: Uint8Array<ArrayBuffer> = picture, name = "view.png") => new File([bytes], name);

function form(request: unknown, ...files: File[]): FormData {
  const filled = new FormData();
  if (request !== undefined) filled.set("request", JSON.stringify(request));
  for (const one of files) filled.append("image", one);
  return filled;
}

const question = "What is the earliest sign of a pleural effusion?";

describe("asking", () => {
  it("streams a whole round and names its address", async () => {
    const response = await server.post("/v1/rounds", { question });
    expect(response.status).toBe(200);
    const events = await readAll(response);
    expectWholeRound(events);
    expect(response.headers.get("location")).toBe(`/v1/rounds/${events[0]?.roundId}`);
  });

  it("takes images as files of a form and as base64, and shows them again without their metadata", async () => {
    const identity = { patientId: "p", slideId: "s" };
    const base64 = picture.toString("base64");
    const image = { name: "../two.png", base64 };
    const asked = form({ question, images: [image], ...identity, seed: 7 }, file());
    const events = await readAll(await server.post("/v1/rounds", asked));
    expect(events[0]).toMatchObject({
      seed: 7,
      question: { ...identity, images: [{ name: "view.png" }, { name: "two.png" }] },
    });
    expect(eventsOf(events, "image-inspected").map((event) => event.image)).toEqual([1, 2]);
    const address = `/v1/rounds/${events[0]?.roundId}/images`;
    for (const number of [1, 2]) {
      const shown = await server.get(`${address}/${number}`);
      expect(shown.headers.get("content-type")).toBe("image/png");
      const bytes = Buffer.from(await shown.arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 64, height: 64 });
      expect(picture.includes(imageNote)).toBe(true);
      expect(bytes.includes(imageNote)).toBe(false);
    }
    for (const number of ["0", "3", "x", "1e0", "-1"]) {
      await expectFailure(await server.get(`${address}/${number}`), 404, "round-missing");
    }
  });

  it("answers at once where that is preferred", async () => {
    const response = await server.post("/v1/rounds", { question }, { prefer: "respond-async, wait=10" });
    expect(response.status).toBe(202);
    expect(response.headers.get("preference-applied")).toBe("respond-async");
    const { id, events } = (await response.json()) as { id: string; events: string };
    expect([events, response.headers.get("location")]).toEqual([`/v1/rounds/${id}`, `/v1/rounds/${id}`]);
    expectWholeRound(await readAll(await server.get(events)));
  });

  it("gives a round that has ended as one document", async () => {
    const [start] = await readAll(await server.post("/v1/rounds", { question }));
    const address = `/v1/rounds/${start?.roundId}`;
    const response = await server.get(address, { headers: { accept: "application/json" } });
    const round = roundSchema.parse(await response.json());
    expect(round).toMatchObject({ id: start?.roundId, question, notice: medicalNotice });
    expect(round.events).toEqual(await readAll(await server.get(address)));
  });

  it("asks about the images of an earlier round again, adds new views to them, and keeps its patient and slide", async () => {
    const asked = form({ question, patientId: "p", slideId: "s" }, file(picture, "chest.png"));
    const [first] = await readAll(await server.post("/v1/rounds", asked));
    const follow = async (body: object) => {
      const parentRoundId = first?.roundId;
      const [start] = await readAll(await server.post("/v1/rounds", { ...body, parentRoundId }));
      return (start as Extract<RoundEvent, { type: "round-start" }>).question;
    };
    expect(await follow({ question: "And now?" })).toMatchObject({
      images: [{ name: "chest.png" }],
      patientId: "p",
      slideId: "s",
      parentRoundId: first?.roundId,
      earlier: [{ question, answer: expect.stringMatching(/\S/) }],
    });
    const other = { name: "other.png", base64: picture.toString("base64") };
    expect(await follow({ images: [other], patientId: "q" })).toMatchObject({
      images: [{ name: "chest.png" }, { name: "other.png" }],
      patientId: "q",
      slideId: "s",
    });
    const parentRoundId = crypto.randomUUID();
    const orphan = await server.post("/v1/rounds", { question, parentRoundId });
    await expectFailure(orphan, 404, "round-missing");
  });

  it.each<[string, number, string, () => unknown]>([
    ["nothing", 400, "question-empty", () => ({})],
    ["no JSON", 400, "request-invalid", () => "{"],
    ["JSON of another shape", 400, "request-invalid", () => ({ question: 3 })],
    ["JSON that is no object", 400, "request-invalid", () => "null"],
    ["a question that is too long", 413, "question-too-long", () => ({ question: "a".repeat(20_001) })],
    ["one option", 400, "option-invalid", () => ({ question, options: [{ label: "A", text: "x" }] })],
    ["no base64", 400, "request-invalid", () => ({ images: [{ name: "x", base64: "*" }] })],
    ["too many images", 413, "request-too-large", () => form({ question }, ...Array(9).fill(file()))],
    ["text as an image", 415, "image-not-image", () => form({}, file(Buffer.from("hello")))],
    ["a GIF", 415, "file-unsupported", () => form({}, file(Buffer.from("GIF89a, and so on")))],
    ["half an image", 400, "image-truncated", () => form({}, file(picture.subarray(0, 150)))],
    ["an empty image", 400, "file-empty", () => form({}, file(Buffer.alloc(0)))],
    [
      "an unknown field",
      400,
      "request-invalid",
      () => {
        const filled = form({ question });
        filled.set("query", "x");
        return filled;
      },
    ],
    ["a huge field", 413, "request-too-large", () => form({ question: "a".repeat(2_000_000) })],
  ])("refuses %s with status %i and %s, before a round begins", async (_, status, code, body) => {
    await expectFailure(await server.post("/v1/rounds", body()), status, code);
  });

  it("refuses what is neither JSON nor a form, and a form that is broken", async () => {
    for (const type of ["text/plain", "multipart/form-data", "multipart/form-data; boundary=x"]) {
      const response = await server.post("/v1/rounds", '{"question":"x"}', { "content-type": type });
      await expectFailure(response, 400, "request-invalid");
    }
  });
});

describe("looking things up", () => {
  const search = async (body: unknown) => {
    const response = await server.post("/v1/search", body);
    expect(response.status).toBe(200);
    return searchResultSchema.parse(await response.json());
  };

  it("searches by words, and by image as a file or as base64", async () => {
    const found = await search({ text: "pleural effusion", top: 1 });
    expect(found.passages.map(({ passage }) => passage.text)).toEqual([effusionText]);
    const encoded = { name: "x.png", base64: picture.toString("base64") };
    const results: SearchResult[] = [await search({ image: encoded }), await search(form({}, file()))];
    expect(results[0]?.cases).toHaveLength(3);
    expect(results[1]).toEqual(results[0]);
  });

  it("leaves out the patient and the slide that a search by image names", async () => {
    const image = { name: "x.png", base64: picture.toString("base64") };
    const { excluded, cases } = await search({ image, patientId: "p2", slideId: "s3" });
    expect(excluded).toEqual({ sameImage: 0, nearIdentical: 0, samePatient: 1, sameSlide: 1 });
    expect(cases.map((hit) => hit.case.labels[0]?.name)).toEqual(["Mass"]);
  });

  it("narrows a search by image, gives the best of each label, the patient's own apart, and takes words beside it", async () => {
    const image = { name: "x.png", base64: picture.toString("base64") };
    const filter = { labels: ["mass", "Fracture"] };
    const found = await search({ image, filter, perLabel: 2, samePatient: 3, patientId: "p2" });
    expect(found.cases.map((hit) => hit.case.labels[0]?.name)).toEqual(["Mass"]);
    expect(found.byLabel?.map(({ label, cases }) => [label, cases.length])).toEqual([
      ["mass", 1],
      ["Fracture", 0],
    ]);
    expect(found.shortOf).toHaveLength(2);
    expect(found.samePatient?.map((hit) => hit.case.patientId)).toEqual(["p2"]);
    expect(found.unknownValues).toEqual([{ field: "label", value: "Fracture" }]);
    const both = await search({ image, text: "edema", box: { x: 0, y: 0, width: 1, height: 1 } });
    expect(both.cases[0]?.case.labels[0]?.name).toBe("Edema");
    expect(both.cases[0]?.stages?.map(({ stage }) => stage)).toContain("terms");
  });

  it.each([
    ["a box outside of the image", { box: { x: 1, y: 1, width: 0.5, height: 0.5 } }, "box-invalid"],
    [
      "a box of words",
      { text: "x", image: undefined, box: { x: 0, y: 0, width: 1, height: 1 } },
      "request-invalid",
    ],
    ["a facet that there is none of", { filter: { facets: { view: "PA" } } }, "request-invalid"],
  ])("refuses a search by image for %s", async (_, given, code) => {
    const image = { name: "x.png", base64: picture.toString("base64") };
    await expectFailure(await server.post("/v1/search", { image, ...given }), 400, code);
  });

  it.each([
    ["neither words nor an image", {}, "request-invalid"],
    ["words of a patient", { text: "x", patientId: "p" }, "request-invalid"],
    ["blank words", { text: " " }, "question-empty"],
    ["a number that is too large", { text: "x", top: 1e9 }, "request-invalid"],
  ])("refuses a search for %s", async (_, body, code) => {
    await expectFailure(await server.post("/v1/search", body), 400, code);
  });

  it("opens a passage with its neighbors, and a case, by the id that a round cites", async () => {
    const { passages, cases } = await search({ text: "effusion mass" });
    for (const id of [passages[0]?.passage.id ?? "", cases[0]?.case.id ?? ""]) {
      expect(id).toContain("/");
      const response = await server.get(`/v1/evidence/${encodeURIComponent(id)}`);
      const entry = libraryEntrySchema.parse(await response.json());
      expect(entry.type === "case" ? entry.case.id : entry.passage.id).toBe(id);
    }
    for (const id of ["none", "a'b", "%00", "%ff", "..%2f..", "%25", "\u{1f600}"]) {
      await expectFailure(await server.get(`/v1/evidence/${id}`), 404, "evidence-missing");
    }
  });

  it("shows a case's image whole and small, and again only when it has changed", async () => {
    const { cases } = await search({ text: "mass" });
    const { id, image, width } = cases[0]?.case ?? { id: "", image: "", width: 0 };
    const address = `/v1/cases/${encodeURIComponent(id)}/image`;
    const full = await server.get(address);
    expect(await sharp(Buffer.from(await full.arrayBuffer())).metadata()).toMatchObject({ width });
    expect(full.headers.get("etag")).toBe(`"${image}"`);
    expect(full.headers.get("cache-control")).toBe("private, no-cache");
    const lasting = await server.get(`${address}?size=thumbnail&address=${image}`);
    expect(lasting.headers.get("content-type")).toBe("image/webp");
    expect(lasting.headers.get("cache-control")).toContain("immutable");
    for (const [query, tag] of [
      ["", full.headers.get("etag")],
      ["?size=thumbnail", lasting.headers.get("etag")],
    ]) {
      const again = await server.get(`${address}${query}`, { headers: { "if-none-match": `"x", W/${tag}` } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    await expectFailure(await server.get(`${address}?size=huge`), 400, "request-invalid");
    await expectFailure(await server.get("/v1/cases/none/image"), 404, "evidence-missing");
  });

  it("tells of itself", async () => {
    const system = systemSchema.parse(await (await server.get("/v1/system")).json());
    expect(system).toMatchObject({
      library: { passages: 2, cases: 3 },
      model: { policy: "reader", name: null },
      sentTo: { questions: [], searches: [] },
      demo: [{ title: "One", image: "/v1/demo/images/q%201.png", options: [] }],
      notice: medicalNotice,
    });
    expect(await (await server.get("/v1/notice")).json()).toEqual({ notice: medicalNotice });
    const rounds = { running: 0, waiting: 0 };
    expect(await (await server.get("/health")).json()).toMatchObject({ rounds });
  });

  it("shows the demo's images by name and nothing beside them", async () => {
    await expectFailure(await server.get("/v1/demo/images/q%201.png"), 404, "path-missing");
    for (const name of ["other.png", "..%2f..%2fpackage.json", "q 1.png%00"]) {
      await expectFailure(await server.get(`/v1/demo/images/${name}`), 404, "route-missing");
    }
  });
});

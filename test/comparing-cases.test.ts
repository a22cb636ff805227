import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparisonSchema } from "../src/contracts/index.ts";
import { expectFailure, readAll, startTestServer, type TestServer } from "./support/http-server.ts";

let server: TestServer;
let picture: Buffer<ArrayBuffer>;

beforeAll(async () => {
  server = await startTestServer();
  picture = Buffer.from(await readFile(server.small.imageFile(4)));
});
afterAll(() => server[Symbol.asyncDispose]());

/** The corpus is named after the library's folder, which is another one each time. */
const caseId = (number: number) => `${server.small.library.manifest.corpora[0]}/case-${number}`;

const compare = async (request: object) =>
  comparisonSchema.parse(await (await server.post("/v1/compare", request)).json());

describe("comparing an image with a case", () => {
  it("says where the two look alike, whether the image comes along or the server knows it", async () => {
    const form = new FormData();
    form.set("request", JSON.stringify({ question: "What is it?" }));
    form.append("image", new File([picture], "view.png"));
    const [start] = await readAll(await server.post("/v1/rounds", form));
    const id = start?.roundId;
    const ofFile = await compare({
      caseId: caseId(1),
      image: { name: "view.png", base64: picture.toString("base64") },
    });
    const ofRound = await compare({ caseId: caseId(1), known: { type: "round", id, image: 1 } });
    expect(ofRound).toEqual(ofFile);
    expect([ofFile.query.columns, ofFile.query.rows, ofFile.query.values.length]).toEqual([16, 16, 256]);
    expect(Math.max(...ofFile.found.values)).toBeGreaterThan(0.1);
    await expectFailure(
      await server.post("/v1/compare", { caseId: caseId(1), known: { type: "round", id, image: 2 } }),
      404,
      "round-missing",
    );
  });

  it("compares two cases, and a case with itself best", async () => {
    const same = await compare({ caseId: caseId(2), known: { type: "case", id: caseId(2) } });
    const other = await compare({
      caseId: caseId(2),
      known: { type: "case", id: caseId(1) },
    });
    expect(same.query).toEqual(same.found);
    expect(Math.max(...same.query.values)).toBeGreaterThan(Math.max(...other.query.values));
    expect(same.pairs[0]?.from).toEqual(same.pairs[0]?.to);
  });

  it.each<[string, number, string, () => object]>([
    ["no image", 400, "request-invalid", () => ({ caseId: caseId(1) })],
    [
      "two images",
      400,
      "request-invalid",
      () => ({
        caseId: caseId(1),
        known: { type: "case", id: caseId(2) },
        image: { name: "a.png", base64: "aa==" },
      }),
    ],
    [
      "a case that is not there",
      404,
      "evidence-missing",
      () => ({ caseId: caseId(9), known: { type: "case", id: caseId(1) } }),
    ],
    [
      "another case that is not there",
      404,
      "evidence-missing",
      () => ({ caseId: caseId(1), known: { type: "case", id: caseId(9) } }),
    ],
    [
      "a round that is not there",
      404,
      "round-missing",
      () => ({ caseId: caseId(1), known: { type: "round", id: crypto.randomUUID(), image: 1 } }),
    ],
    [
      "a file that is no image",
      415,
      "image-not-image",
      () => ({ caseId: caseId(1), image: { name: "a.png", base64: "bm8gaW1hZ2U=" } }),
    ],
  ])("refuses %s", async (_, status, code, request) => {
    await expectFailure(await server.post("/v1/compare", request()), status, code);
  });
});

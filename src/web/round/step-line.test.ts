import { expect, it } from "vitest";
import { tellDemand, tellImage, tellInvalid, tellPages, tellReconsidered, tellRows } from "./step-line.ts";

const inspected = {
  roundId: "r",
  sequence: 2,
  at: 1,
  step: 0,
  type: "image-inspected" as const,
  image: 1,
  name: "view.png",
  width: 512,
  height: 512,
  color: "gray" as const,
  notes: ["rotated as its EXIF orientation says"],
};

it("tells what an image is with how sure that is, before what was done to it", () => {
  const kind = { name: "chest-frontal" as const, probability: 0.981 };
  expect(tellImage({ ...inspected, kind })).toMatchObject({
    tone: "accent",
    more: ["chest X-ray, frontal · 0.98.", "rotated as its EXIF orientation says"],
  });
});

it("doubts an image of no known kind", () => {
  const kind = { name: "other" as const, probability: 0.9 };
  expect(tellImage({ ...inspected, kind }).tone).toBe("doubt");
});

it("says nothing of the kind where nothing looked", () => {
  expect(tellImage({ ...inspected, kind: null })).toMatchObject({ tone: "accent", more: inspected.notes });
});

it("tells the demand for an answer at a limit apart from an action that was asked for again", () => {
  const told = { roundId: "r", sequence: 9, at: 1, step: 8, hint: "Answer now." };
  expect(tellDemand({ ...told, type: "answer-demanded" })).toEqual({
    tone: "quiet",
    title: "Asked to answer",
    detail: "a limit is reached",
    more: ["Answer now."],
  });
  expect(tellInvalid({ ...told, type: "action-invalid" }).title).toBe("Asked again");
});

it("tells both answers of one that was reconsidered, and which is kept", () => {
  const told = { roundId: "r", sequence: 9, at: 1, step: 2 };
  const [first, second] = [
    { choice: "B", confidence: 0.55 },
    { choice: null, confidence: null },
  ];
  const demand = { ...told, type: "answer-demanded", hint: "Again.", reason: "confidence" } as const;
  expect(tellDemand(demand).title).toBe("Asked to answer again");
  const event = { ...told, type: "answer-reconsidered", first, kept: "first" } as const;
  expect(tellReconsidered({ ...event, second })).toMatchObject({
    tone: "accent",
    title: "Kept the first answer",
    detail: "first B, 0.55 · second no option",
  });
  expect(tellReconsidered({ ...event, second: null }).tone).toBe("doubt");
});

it("tells of a search of the web what was left out and that no image was loaded", () => {
  const told = { roundId: "r", sequence: 9, at: 1, step: 0, call: "c", evidence: [], searched: 20 };
  const image = { url: "https://a.org/1.png", title: "" };
  const leftOut = { untrusted: 3, blocked: 1 };
  expect(tellPages({ ...told, type: "pages-retrieved", leftOut, images: [image] })).toEqual({
    tone: "doubt",
    title: "Looked on the web",
    detail: "nothing found, 4 left out",
    more: [
      "20 results of the search service.",
      "3 of no trusted publisher left out.",
      "1 blocked.",
      "1 image named, none loaded.",
    ],
  });
  expect(tellRows({ ...told, type: "rows-retrieved" })).toMatchObject({
    tone: "doubt",
    detail: "nothing found",
  });
});

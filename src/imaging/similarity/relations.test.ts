import { describe, expect, it } from "vitest";
import { fingerprintLength } from "../fingerprint.ts";
import { createRelationIndex, type RelationQuery } from "./relations.ts";
import { pictureOf } from "./test-cases.ts";

const nothing = { pixelHash: "", patientId: "", studyId: "", slideId: "" };

function image(name: string, ids: Partial<RelationQuery> = {}): RelationQuery {
  const { fingerprint, pixelHash } = pictureOf(name);
  return { ...nothing, fingerprint, pixelHash, ...ids };
}

const none = { sameImage: [], nearIdentical: [], samePatient: [], sameSlide: [] };

describe("the relations of an image to the cases of a library", () => {
  it("are by pixels, patient, study and slide, each told by its positions", () => {
    const index = createRelationIndex([
      image("a", { patientId: "p1" }),
      image("b", { patientId: "p1", studyId: "s1" }),
      image("c", { slideId: "t1" }),
      image("d"),
    ]);
    expect(index.relationsOf(image("a"))).toEqual({ ...none, sameImage: [0], samePatient: [0, 1] });
    expect(index.relationsOf(image("x", { patientId: "p1" }))).toEqual({ ...none, samePatient: [0, 1] });
    expect(index.relationsOf(image("x", { patientIds: ["q", "p1"] })).samePatient).toEqual([0, 1]);
    expect(index.relationsOf(image("x", { slideId: "t1" }))).toEqual({ ...none, sameSlide: [2] });
    expect(index.relationsOf(image("x"))).toEqual(none);
  });

  it("take a study's and a slide's patient for that of the image", () => {
    const index = createRelationIndex([
      image("a", { patientId: "p1", studyId: "s1" }),
      image("b", { patientId: "p1" }),
      image("c", { patientId: "p2", slideId: "t1" }),
      image("d", { patientId: "p2" }),
      image("e", { studyId: "s2" }),
    ]);
    expect(index.relationsOf(image("x", { studyId: "s1" }))).toEqual({ ...none, samePatient: [0, 1] });
    expect(index.relationsOf(image("x", { studyId: "s2" }))).toEqual({ ...none, samePatient: [4] });
    expect(index.relationsOf(image("x", { slideId: "t1" }))).toEqual({
      ...none,
      samePatient: [2, 3],
      sameSlide: [2],
    });
  });

  it("take what the library knows of a copy of the image, though not of what may be a crop of it", () => {
    const index = createRelationIndex(
      [
        image("a", { patientId: "p1", slideId: "t1" }),
        image("b", { patientId: "p1" }),
        image("c", { slideId: "t1" }),
      ],
      { crops: true },
    );
    const copy = image("a", { pixelHash: "other pixels" });
    expect(index.relationsOf(copy)).toEqual({
      sameImage: [],
      nearIdentical: [0],
      samePatient: [0, 1],
      sameSlide: [0, 2],
    });
  });

  it("take ids that differ in case or space alone for one, and any id of a patient for the patient's", () => {
    const index = createRelationIndex([
      image("a", { patientId: " P  1\n" }),
      image("b", { patientId: "p2", patientIds: ["hash of p2"] }),
      image("c", { slideId: "S-1" }),
    ]);
    expect(index.relationsOf(image("x", { patientId: "p 1" })).samePatient).toEqual([0]);
    expect(index.relationsOf(image("x", { patientIds: ["Hash of P2"] })).samePatient).toEqual([1]);
    expect(index.relationsOf(image("x", { slideId: "s-1 " })).sameSlide).toEqual([2]);
    expect(index.relationsOf(image("x", { slideId: "s1" }))).toEqual(none);
  });

  it("never take two unknown ids for the same", () => {
    for (const id of ["", " ", "unknown", "N/A", "-"]) {
      const ids = { patientId: id, studyId: id, slideId: id, pixelHash: id };
      const index = createRelationIndex([image("a", ids)]);
      expect(index.relationsOf(image("b", ids))).toEqual(none);
    }
  });

  it("never take two flat pictures for one", () => {
    const fingerprint = new Float32Array(fingerprintLength).fill(1, fingerprintLength - 1);
    const index = createRelationIndex([image("a", { fingerprint })], { crops: true });
    expect(index.relationsOf(image("b", { fingerprint }))).toEqual(none);
  });
});

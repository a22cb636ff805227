import { describe, expect, it } from "vitest";
import { kindsByFile } from "./kinds-by-file.ts";

describe("what a DICOM file says of its picture", () => {
  it("decides for slices, and for what is no kind of ours", () => {
    expect(kindsByFile({ modality: "CT" })).toEqual(["cross-section"]);
    expect(kindsByFile({ modality: "MR", bodyPart: "CHEST" })).toEqual(["cross-section"]);
    expect(kindsByFile({ modality: "US" })).toEqual(["other"]);
    expect(kindsByFile({ modality: "MG" })).toEqual(["radiograph"]);
  });

  it("decides for a radiograph by body part and view, and leaves open what it does not name", () => {
    const radiograph = { modality: "DX" };
    expect(kindsByFile({ ...radiograph, bodyPart: "CHEST", plane: "frontal" })).toEqual(["chest-frontal"]);
    expect(kindsByFile({ ...radiograph, bodyPart: "CHEST", plane: "lateral" })).toEqual(["chest-lateral"]);
    expect(kindsByFile({ ...radiograph, bodyPart: "KNEE", plane: "lateral" })).toEqual(["radiograph"]);
    expect(kindsByFile({ ...radiograph, bodyPart: "CHEST" })).toEqual(["chest-frontal", "chest-lateral"]);
    expect(kindsByFile(radiograph)).toEqual(["chest-frontal", "chest-lateral", "radiograph"]);
  });

  it("leaves stained pictures of a microscope to the picture", () => {
    expect(kindsByFile({ modality: "SM" })).toEqual(["histology", "cytology"]);
  });

  it("says nothing where there is no modality, or one that says nothing", () => {
    expect(kindsByFile({})).toBeUndefined();
    expect(kindsByFile({ modality: "OT", bodyPart: "CHEST" })).toBeUndefined();
    expect(kindsByFile({ modality: "SC" })).toBeUndefined();
  });
});

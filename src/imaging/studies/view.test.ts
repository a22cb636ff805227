import { describe, expect, it } from "vitest";
import { type WrittenElement, writeDicom } from "../../../test/support/dicom-writer.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { readView, viewInWords } from "./view.ts";

function viewOf(...elements: WrittenElement[]) {
  const bytes = writeDicom({ elements: [...elements].sort((one, other) => one[0] - other[0]) });
  return readView(readDicom(bytes, { name: "image" }).dataSet);
}

const dx: WrittenElement = [0x00080060, "CS", "DX"];

describe("readView", () => {
  it("takes View Position first", () => {
    expect(viewOf(dx, [0x00185101, "CS", "PA"], [0x0008103e, "LO", "Lateral"])).toEqual({
      position: "PA",
      plane: "frontal",
    });
    expect(viewOf(dx, [0x00185101, "CS", "LL"])?.plane).toBe("lateral");
  });

  it("reads View Position in words, as some devices write it", () => {
    expect(viewOf(dx, [0x00185101, "CS", "LATERAL"])).toEqual({ position: "LATERAL", plane: "lateral" });
  });

  it("reads the code of the view where the position is missing", () => {
    const code: WrittenElement[] = [[0x00080104, "LO", "postero-anterior"]];
    expect(viewOf(dx, [0x00540220, "SQ", { items: [code] }])?.position).toBe("PA");
  });

  it("reads the descriptions where nothing else tells", () => {
    expect(viewOf(dx, [0x0008103e, "LO", "W Chest Lat."])).toEqual({ position: "LATERAL", plane: "lateral" });
    expect(viewOf(dx, [0x00181400, "LO", "CHEST,PA"])?.position).toBe("PA");
  });

  it("says nothing of modalities that don't project", () => {
    expect(viewOf([0x00080060, "CS", "MR"], [0x0008103e, "LO", "PA"])).toBeUndefined();
  });
});

describe("viewInWords", () => {
  it.each([
    ["Chest PA", "PA"],
    ["CHEST P.A.", "PA"],
    ["Thorax a.p. liegend", "AP"],
    ["Chest AP portable", "AP"],
    ["L-LAT", "LL"],
    ["right lateral", "RL"],
    ["Lateral decubitus", "DECUB"],
    ["frontal", "FRONTAL"],
    ["PA/AP", "FRONTAL"],
  ])("finds in %j the view %s", (text, position) => {
    expect(viewInWords(text)?.position).toBe(position);
  });

  it.each(["PA and lateral", "Spain", "laterality", "map", ""])("finds no single view in %j", (text) => {
    expect(viewInWords(text)).toBeUndefined();
  });
});

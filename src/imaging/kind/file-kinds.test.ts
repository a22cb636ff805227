import { describe, expect, it } from "vitest";
import { writeDicomImage } from "../../../test/support/dicom-writer.ts";
import { readImage } from "../image-file.ts";

const [rows, columns] = [32, 32];
const pixels = Array.from({ length: rows * columns }, (_, index) => (index * 37) % 4096);

function kindOf(...facts: readonly (readonly [tag: number, text: string])[]) {
  const elements = facts.map(([tag, text]) => [tag, "CS", text] as const);
  const file = writeDicomImage({ rows, columns, pixels, elements });
  return readImage(file, { name: "picture.dcm" }).then(({ kind }) => kind);
}

describe("a DICOM file", () => {
  it("is what its modality says", async () => {
    expect(await kindOf([0x00080060, "MR"])).toMatchObject({ name: "cross-section", probability: 1 });
    expect(await kindOf([0x00080060, "US"])).toMatchObject({ name: "other", probability: 1 });
  });

  it("is what its body part and its view say", async () => {
    const lateral = await kindOf([0x00080060, "DX"], [0x00180015, "CHEST"], [0x00185101, "LL"]);
    expect(lateral).toMatchObject({ name: "chest-lateral", probability: 1 });
    expect((await kindOf([0x00080060, "CR"], [0x00180015, "HAND"])).name).toBe("radiograph");
  });

  it("is judged by its picture where it says nothing", async () => {
    const { name, probabilities } = await kindOf();
    expect(name).toBe("other");
    expect(probabilities["cross-section"]).toBeGreaterThan(0);
  });
});

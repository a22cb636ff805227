import { describe, expect, it } from "vitest";
import { presentLabels, sayOrigin, sayValue } from "./case-words.ts";

describe("what is said of a case", () => {
  it("names where it is from and how it was taken, whatever its metadata holds", () => {
    expect(sayOrigin({ corpus: "chest", metadata: { modality: "CR", view: "PA" } })).toBe("chest · CR · PA");
    expect(sayOrigin({ corpus: "chest", metadata: { view: 7, plane: "axial" } })).toBe("chest");
    expect(sayOrigin({ corpus: "slides", metadata: {} })).toBe("slides");
  });

  it("lists present labels, the one that it stands for first, then the shared ones", () => {
    const labels = ["Edema", "Mass", "Nodule", "Effusion"].map((name) => ({
      name,
      status: name === "Effusion" ? ("absent" as const) : ("present" as const),
    }));
    const names = (options: Parameters<typeof presentLabels>[1]) =>
      presentLabels({ labels }, options).map(({ name }) => name);
    expect(names({ shared: ["Nodule"] })).toEqual(["Nodule", "Edema", "Mass"]);
    expect(names({ shared: ["Nodule"], first: "Mass" })).toEqual(["Mass", "Nodule", "Edema"]);
  });

  it("shows a kind by its title and a short view in capitals", () => {
    expect(sayValue("kind", "chest-frontal")).toBe("chest X-ray, frontal");
    expect(sayValue("kind", "unheard-of")).toBe("unheard-of");
    expect([sayValue("view", "pa"), sayValue("view", "lateral")]).toEqual(["PA", "lateral"]);
    expect(sayValue("label", "pa")).toBe("pa");
  });
});

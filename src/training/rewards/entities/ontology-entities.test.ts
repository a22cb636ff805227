import { describe, expect, it } from "vitest";
import { createOntologyEntities } from "./ontology-entities.ts";

const finder = createOntologyEntities("test", [
  { id: "embolism", names: ["embolism"] },
  { id: "pulmonary-embolism", names: ["pulmonary embolism", "embolism of the lung", "PE"] },
  { id: "infarction", names: ["myocardial infarction", "heart attack"] },
  { id: "another", names: ["heart attack", "", "of the"] },
]);

describe("entities by an ontology", () => {
  it.each([
    ["Signs of pulmonary embolisms", ["pulmonary-embolism"]],
    ["An embolism of the lung, or PE", ["pulmonary-embolism"]],
    ["Pulmonary embolism after an embolism", ["pulmonary-embolism", "embolism"]],
    ["Two heart attacks", ["infarction"]],
    ["A pulmonary nodule", []],
    ["", []],
  ])("finds in %j %j", (text, ids) => {
    expect([...finder.find(text)]).toEqual(ids);
  });
});

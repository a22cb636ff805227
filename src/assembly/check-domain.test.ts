import { describe, expect, it } from "vitest";
import { checkDomain } from "./check-domain.ts";
import type { RoundRecipe } from "./round-recipe.ts";

const chest = [{ kind: { name: "chest-frontal" } }] as const;
const other = [{ kind: { name: "other" } }] as const;
const recipe = (otherwise: "warn" | "refuse") => ({ name: "mine", text: { otherwise } }) as RoundRecipe;
const refusing = recipe("refuse");

const cake = { question: "How long do I bake a cake?", options: [], loaded: [] };

describe("the gate of a recipe for questions", () => {
  it("refuses a question of another field, with the reason", () => {
    expect(() => checkDomain({ ...cake, recipe: refusing })).toThrow(/mine takes no other. It names “bake”/);
  });

  it("notes it where the recipe only warns, and takes it where no recipe asks", () => {
    expect(checkDomain({ ...cake, recipe: recipe("warn") })).toEqual([
      "The question seems not to be medical. It names “bake”, “cake”.",
    ]);
    expect(checkDomain(cake)).toEqual([]);
    expect(checkDomain({ ...cake, recipe: { name: "mine" } as RoundRecipe })).toEqual([]);
  });

  it("never refuses what it cannot tell", () => {
    const question = "What is caused by variants in SPATA5L1?";
    expect(checkDomain({ ...cake, question, recipe: refusing })).toEqual([
      expect.stringContaining("may not be medical"),
    ]);
    expect(checkDomain({ ...cake, question, recipe: recipe("warn") })).toEqual([]);
  });

  it("takes any question about a medical image, and an image without a question", () => {
    expect(checkDomain({ ...cake, question: "What is seen here?", loaded: chest, recipe: refusing })).toEqual(
      [],
    );
    expect(checkDomain({ ...cake, question: " ", loaded: other, recipe: refusing })).toEqual([]);
    expect(checkDomain({ ...cake, loaded: chest, recipe: refusing })).toEqual([
      expect.stringContaining("“bake”"),
    ]);
  });

  it("reads the options and what was asked before along with it", () => {
    const which = { ...cake, question: "Which is likelier?", recipe: refusing };
    const options = [
      { label: "A", text: "Pneumothorax" },
      { label: "B", text: "Pleural effusion" },
    ];
    const earlier = [{ question: "Is there pneumonia?", answer: "Yes." }];
    expect(checkDomain({ ...which, options })).toEqual([]);
    expect(checkDomain({ ...which, earlier })).toEqual([]);
    expect(checkDomain(which)).toHaveLength(1);
  });
});

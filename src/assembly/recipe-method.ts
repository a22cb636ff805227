import type { Method } from "#reasoning";
import type { RecipeFile } from "./recipe-schema.ts";

/** The method of a recipe, with the texts of its prompts in the place of their files; null where it has none. */
export function methodOf(recipe: RecipeFile, textOf: (file: string) => string): Method | null {
  switch (recipe.method) {
    case undefined:
      return null;
    case "proactive":
      return {
        type: "proactive",
        first: recipe.first,
        grammar: recipe.grammar,
        prompts: texts(recipe.prompts, textOf),
      };
    case "tools":
      return { type: "tools", first: recipe.first, prompts: texts(recipe.prompts, textOf) };
    case "single-shot":
      return { type: "single-shot", first: recipe.first, prompts: texts(recipe.prompts, textOf) };
    case "direct":
      return { type: "direct", prompts: texts(recipe.prompts, textOf) };
    case "iterative": {
      const { rounds, queriesPerRound, prompts } = recipe;
      return { type: "iterative", rounds, queriesPerRound, prompts: texts(prompts, textOf) };
    }
    case "staged": {
      const { first, steps, retries, prompts } = recipe;
      return { type: "staged", first, steps, retries, prompts: texts(prompts, textOf) };
    }
  }
}

function texts<Prompts extends Record<string, string | undefined>>(
  prompts: Prompts,
  textOf: (file: string) => string,
): Prompts {
  const read = Object.entries(prompts).map(([key, file]) => [
    key,
    file === undefined ? undefined : textOf(file),
  ]);
  return Object.fromEntries(read) as Prompts;
}

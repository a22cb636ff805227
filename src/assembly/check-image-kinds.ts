import { type ImageKind, imageKindTitles, MedRoundsError } from "#contracts";
import type { KindVerdict } from "#imaging";
import type { LoadedImage } from "./load-image.ts";
import type { RoundRecipe } from "./round-recipe.ts";

/**
 * An image of another kind is refused only where the kinds that the recipe takes are together less probable than this; above it passes
 * with a note, since a wrong refusal costs a person's question. Measured in docs/quality-image-kind.md.
 */
const refusedBelow = 0.1;

type ImageGate = NonNullable<RoundRecipe["images"]>;

/** What a recipe does with an image of such a verdict. */
export function judgeForRecipe(
  { name, probabilities }: KindVerdict,
  gate: RoundRecipe["images"],
): "take" | "warn" | "refuse" {
  if (gate === undefined) return "take";
  const { kinds, otherwise } = gate;
  if (kinds.some((kind) => kind === name)) return "take";
  const share = kinds.reduce((sum, kind) => sum + probabilities[kind], 0);
  return otherwise === "refuse" && share < refusedBelow ? "refuse" : "warn";
}

/**
 * The images as the round sees them: one that is not of a kind that the recipe takes, or of no known kind where no recipe names any, carries a
 * note that says so. Throws `image-kind-refused` where the recipe refuses such an image.
 */
export function checkImageKinds(
  loaded: readonly LoadedImage[],
  recipe: RoundRecipe | undefined,
): LoadedImage[] {
  return loaded.map((one) => {
    const { images: gate, name = "" } = recipe ?? {};
    const note = gate ? checkForRecipe(one, { name, gate }) : noteOther(one);
    return note === undefined ? one : { ...one, image: { ...one.image, notes: [note, ...one.image.notes] } };
  });
}

function noteOther({ kind }: LoadedImage): string | undefined {
  return kind.name === "other" ? sayKind(kind) : undefined;
}

function checkForRecipe(
  { kind, image }: LoadedImage,
  recipe: { name: string; gate: ImageGate },
): string | undefined {
  const judged = judgeForRecipe(kind, recipe.gate);
  if (judged === "take") return undefined;
  const wanted = recipe.gate.kinds.map((name) => imageKindTitles[name]).join("; ");
  if (judged === "warn") return `${sayKind(kind)}; the recipe ${recipe.name} is for: ${wanted}`;
  const message = `${image.name} ${sayKind(kind)}, and the recipe ${recipe.name} takes: ${wanted}.`;
  const facts = { image: image.name, kind: kind.name, probability: kind.probability, recipe: recipe.name };
  throw new MedRoundsError("image-kind-refused", message, facts);
}

/** “seems to be a cytology smear (0.97)”. */
function sayKind({ name, probability }: { name: ImageKind; probability: number }): string {
  const title = name === "other" ? imageKindTitles.other : `a ${imageKindTitles[name]}`;
  return `seems to be ${title} (${probability.toFixed(2)})`;
}

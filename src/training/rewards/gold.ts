import type { Option } from "#contracts";
import { readChoice } from "#transcript";
import type { ReadTrajectory } from "./read-trajectory.ts";
import type { Trajectory } from "./trajectory.ts";

/** What is asked with its right answer. */
type Asked = Pick<Trajectory, "options" | "gold">;

const letters = [..."ABCDEFGHIJ"];
const bareLetter = /^\s*\(?([A-Ja-j])\)?[.):]?\s*$/;
/** "B. Pulmonary embolism"; not "E. coli", which goes on in lower case. */
const letteredText = /^\s*\(?([A-J])(?:[.:]|\)[.:]?)\s+(?=[\p{Lu}\p{N}])/u;

/**
 * The options that an answer is read with: the question's; where it has none of its own, since they stand in its text, and a letter is
 * right, the letters A to J.
 */
export function answerOptions({ options, gold }: Asked): readonly Option[] {
  if (options.length > 0) return options;
  const letter = goldLetter(gold);
  if (letter === undefined) return [];
  const text = gold.text === undefined || bareLetter.test(gold.text) ? "" : withoutLetter(gold.text, letter);
  return letters.map((label) => ({ label, text: label === letter ? text : "" }));
}

/** The label of the right option, as the options spell it; null where no option is right. "b", "B." and "B. Pulmonary embolism" are B. */
export function goldLabel(trajectory: Asked): string | null {
  const options = answerOptions(trajectory);
  const { label, text } = trajectory.gold;
  const given = label ?? text;
  if (given === undefined || options.length === 0) return null;
  const own = options.find((option) => option.label === given);
  return own?.label ?? readChoice(given, options)?.label ?? null;
}

/** The right answer in words and its other names, as they were given; empty where only a letter is known. */
export function goldTexts(trajectory: Asked): string[] {
  const { gold } = trajectory;
  const right = rightText(trajectory);
  return [...(right === null ? [] : [right]), ...gold.aliases].filter((text) => text.trim() !== "");
}

/** Entities of the right answer, by the trajectory's finder: of those that were given, else of its text. */
export function goldEntities(trajectory: ReadTrajectory): ReadonlySet<string> {
  const { gold, entityFinder } = trajectory;
  const texts = gold.entities.length > 0 ? gold.entities : [rightText(trajectory) ?? ""];
  return new Set(texts.flatMap((text) => [...entityFinder.find(text)]));
}

function rightText(trajectory: Asked): string | null {
  const { gold, options } = trajectory;
  const label = goldLabel(trajectory);
  const option = options.find((one) => one.label === label);
  if (option !== undefined && option.text.trim() !== "") return option.text;
  const text = gold.text ?? (options.length === 0 ? gold.label : undefined);
  if (text === undefined || bareLetter.test(text)) return null;
  return label === null ? text : withoutLetter(text, label);
}

function goldLetter({ label, text }: Trajectory["gold"]): string | undefined {
  const given = label ?? text ?? "";
  return (bareLetter.exec(given) ?? letteredText.exec(given))?.[1]?.toUpperCase();
}

function withoutLetter(text: string, label: string): string {
  const found = letteredText.exec(text);
  return found?.[1] === label ? text.slice(found[0].length) : text;
}

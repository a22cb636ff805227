import type { Option } from "#contracts";

/** Where an answer decides for its option: the offset of the label, or of the option's text where it names no label. */
export type ChoicePlace = { offset: number; names: "labels" | "texts"; isExact: boolean };

/**
 * The place in an answer at which its choice, as `parseChoice` read it, is decided: a label ahead of the answer ("B. Embolism"), stated ("the
 * answer is B"), in parentheses or ahead of a line; else the option's text. Undefined where the choice stands nowhere.
 */
export function findChoicePlace(answer: string, { label, text }: Option): ChoicePlace | undefined {
  const name = escapePattern(label.trim());
  const apart = "(?![\\p{L}\\p{N}])";
  const patterns = [
    new RegExp(`^[^\\p{L}\\p{N}]*(?<name>${name})(?=$|[^\\p{L}\\p{N} ]| *\\n)`, "du"),
    new RegExp(`^[^\\p{L}\\p{N}]*(?<name>${name})[^\\p{L}\\p{N}]*$`, "diu"),
    new RegExp(
      `\\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice|[Cc]hoose|[Ss]elect|[Pp]ick|[Gg]o with)\\b[^.\\n]{0,60}?\\b(?<name>${name})${apart}`,
      "du",
    ),
    new RegExp(`[({[](?<name>${name})[\\])}]`, "du"),
    new RegExp(`^[^\\p{L}\\p{N}\\n]*(?<name>${name})(?=$|[^\\p{L}\\p{N} ])`, "dmu"),
  ];
  for (const pattern of patterns) {
    const [offset] = pattern.exec(answer)?.indices?.groups?.name ?? [];
    if (offset === undefined) continue;
    return { offset, names: "labels", isExact: answer.startsWith(label.trim(), offset) };
  }
  const offset = text.trim().length > 1 ? answer.toLowerCase().indexOf(text.trim().toLowerCase()) : -1;
  return offset < 0 ? undefined : { offset, names: "texts", isExact: false };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === "-" ? "\\x2d" : `\\${sign}`));
}

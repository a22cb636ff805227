import type { Trajectory } from "#training";
import type { Item } from "./item-schema.ts";

/** What is right, of an item's `gold`, else of its columns. Of a list of texts the others are other names. */
export function readGold({ gold, solution, ...item }: Item): Trajectory["gold"] {
  const own = typeof gold === "object" && gold !== null && !Array.isArray(gold) ? gold : {};
  const [first, ...others] = (Array.isArray(gold) ? gold : own.target) ?? [];
  const text = typeof gold === "string" ? gold : first;
  const label = own.letter ?? item.gold_letter ?? undefined;
  return {
    label: label === "" ? undefined : label,
    text: text ?? own.text ?? item.gold_text ?? solution ?? undefined,
    aliases: own.aliases ?? item.gold_aliases ?? others,
    entities: own.entities ?? item.gold_entities ?? [],
    sources: own.sources ?? item.gold_sources ?? [],
  };
}

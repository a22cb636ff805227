import type { Case } from "#contracts";
import { shorten } from "../plain-text.ts";

/** What a case shows, in one name: its first present label, else its first uncertain one. */
export function firstLabel({ labels }: Case): string {
  const present = labels.find(({ status }) => status === "present");
  if (present) return shorten(present.name, 60);
  const uncertain = labels.find(({ status }) => status === "uncertain");
  return uncertain ? `${shorten(uncertain.name, 60)}, uncertain` : "No label";
}

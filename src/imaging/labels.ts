import type { Label, LabelStatus } from "#contracts";

const statusOfWord = new Map<string, LabelStatus>([
  ["present", "present"],
  ["positive", "present"],
  ["true", "present"],
  ["yes", "present"],
  ["absent", "absent"],
  ["negative", "absent"],
  ["false", "absent"],
  ["no", "absent"],
  ["uncertain", "uncertain"],
  ["possible", "uncertain"],
]);

const statusOfNumber = new Map<number, LabelStatus>([
  [1, "present"],
  [0, "absent"],
  [-1, "uncertain"],
]);

/**
 * Labels in any of the forms people write, as names with a status; undefined where the value is none of them.
 * - `["Effusion", "-Pneumothorax", "?Edema"]`: present, absent, uncertain; also `"Edema: uncertain"`,
 *   but a number after a colon is part of the name, as in `"BI-RADS: 0"`
 * - `[{ "name": "Effusion", "status": "absent" }]`
 * - `{ "Effusion": 1, "Edema": -1, "Nodule": 0, "Mass": null }`: CheXpert's numbers (Irvin et al. 2019), null = not mentioned
 *
 * A name such as "No finding" is a label of its own, not an absent one. Repeated names keep their first status.
 */
export function readLabels(value: unknown): Label[] | undefined {
  if (value === undefined || value === null) return [];
  const labels = Array.isArray(value) ? value.map(readLabel) : readLabelTable(value);
  if (labels === undefined || labels.includes(undefined)) return undefined;
  const unique = new Map<string, Label>();
  for (const label of labels) if (label && !unique.has(label.name)) unique.set(label.name, label);
  return [...unique.values()];
}

function readLabel(value: unknown): Label | undefined {
  if (typeof value === "string") return readLabelText(value.trim());
  if (typeof value !== "object" || value === null || !("name" in value)) return undefined;
  const status = "status" in value ? readStatus(value.status) : "present";
  return typeof value.name === "string" && value.name.trim() !== "" && status
    ? { name: value.name.trim(), status }
    : undefined;
}

function readLabelText(text: string): Label | undefined {
  if (text === "") return undefined;
  const mark = /^([-?])\s*(?=\p{L})(.+)$/su.exec(text);
  if (mark) return { name: mark[2] ?? "", status: mark[1] === "-" ? "absent" : "uncertain" };
  const colon = text.lastIndexOf(":");
  const status = colon > 0 ? readStatusWord(text.slice(colon + 1)) : undefined;
  return status ? { name: text.slice(0, colon).trim(), status } : { name: text, status: "present" };
}

function readLabelTable(value: unknown): (Label | undefined)[] | undefined {
  if (typeof value !== "object") return undefined;
  return Object.entries(value as Record<string, unknown>)
    .filter(([, status]) => status !== null && status !== "")
    .map(([name, status]) => {
      const known = readStatus(status);
      return known && { name, status: known };
    });
}

function readStatus(value: unknown): LabelStatus | undefined {
  const text = String(value).trim();
  return readStatusWord(text) ?? (text === "" ? undefined : statusOfNumber.get(Number(text)));
}

function readStatusWord(text: string): LabelStatus | undefined {
  return statusOfWord.get(text.trim().toLowerCase());
}

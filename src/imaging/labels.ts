import type { Label, LabelStatus } from "#contracts";

const statusWords: Record<string, LabelStatus> = {
  present: "present",
  positive: "present",
  true: "present",
  yes: "present",
  "1": "present",
  absent: "absent",
  negative: "absent",
  false: "absent",
  no: "absent",
  "0": "absent",
  uncertain: "uncertain",
  possible: "uncertain",
  "-1": "uncertain",
};

/**
 * Labels in any of the forms people write, as names with a status; undefined where the value is none of them.
 * - `["Effusion", "-Pneumothorax", "?Edema"]`: present, absent, uncertain; also `"Edema: uncertain"`
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
  const status = colon > 0 ? readStatus(text.slice(colon + 1)) : undefined;
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
  const number = typeof value === "number" ? value : Number.parseFloat(String(value));
  const word = Number.isNaN(number) ? String(value).trim().toLowerCase() : String(number);
  return statusWords[word];
}

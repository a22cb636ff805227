import { MedRoundsError } from "#contracts";

/**
 * The values of a file that holds one JSON list, one value, or a JSON value a line; as what is called `result.json` may be either.
 * Python's `NaN` and `Infinity` are null. `broken` are the lines that hold none. Throws `predictions-invalid` where there is nothing to read.
 */
export function readJsonValues(text: string): { values: unknown[]; broken: number[] } {
  const content = text.replace(/^\ufeff/gm, "").trim();
  if (content === "") throw new MedRoundsError("predictions-invalid", "The file is empty.");
  const whole = tryParse(content);
  if (whole !== undefined) return { values: isList(whole) ? whole : [whole], broken: [] };
  const values: unknown[] = [];
  const broken: number[] = [];
  for (const [index, line] of content.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = tryParse(line);
    if (value === undefined) broken.push(index + 1);
    else values.push(value);
  }
  if (values.length === 0 || broken.length > values.length) {
    const message = "The file holds neither one JSON list nor a JSON value a line.";
    throw new MedRoundsError("predictions-invalid", message, { line: broken[0] ?? 1 });
  }
  return { values, broken };
}

/** A message that is a list of parts and no row of several rows begins with an object that says who speaks. */
function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && !(isRecord(value[0]) && "from" in value[0]);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const plain = withoutNoNumbers(text);
    return plain === text ? undefined : tryParse(plain);
  }
}

/** Null for what JSON lacks and Python writes: `NaN`, `Infinity` and `-Infinity`, outside of texts. */
function withoutNoNumbers(text: string): string {
  let inText = false;
  return text.replace(/\\.|"|-?\b(?:NaN|Infinity)\b/g, (found) => {
    if (found === '"') inText = !inText;
    return inText || found === '"' || found.startsWith("\\") ? found : "null";
  });
}

/** What a trainer said of a step. A value that is no finite number is null. */
export type TrainingMetrics = { step: number | null; values: Readonly<Record<string, number | null>> };

const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)`;
/** A pair of a dictionary as Python prints it, or of a JSON object; numbers may stand in quotes (transformers 5, ms-swift's n/m). */
const entry = new RegExp(
  String.raw`['"]([\w@/. -]{1,100})['"]\s*:\s*['"]?(${number})(?:/\d+)?['"]?\s*(?=[,}])`,
  "gi",
);
/** verl's console: `step:3 - actor/loss:0.1 - …`. */
const pair = new RegExp(
  String.raw`(?:^|\s)([\w@/.()-]{1,100}):(?:np\.float\d+\()?(${number})\)?(?=\s|$)`,
  "gi",
);
const longestLine = 65_536;
const stepNames = ["step", "global_step", "global_step/max_steps"];

/**
 * The metrics of a line that a trainer printed: a dictionary of transformers' Trainer (TRL, ms-swift), verl's console line, or a JSON
 * object. Undefined where it is another line. Takes linear time.
 */
export function readMetrics(line: string): TrainingMetrics | undefined {
  if (line.length > longestLine) return undefined;
  const dictionary = dictionaryIn(line);
  const isConsole = dictionary === undefined && /(?:^|\s)step:\d+ - /.test(line);
  const text = dictionary ?? (isConsole ? line : undefined);
  if (text === undefined) return undefined;
  const found = [...text.matchAll(isConsole ? pair : entry)].map(
    ([, name = "", written = ""]) => [name, finite(written)] as const,
  );
  const step = found.find(([name]) => stepNames.includes(name))?.[1] ?? null;
  const values = Object.fromEntries(found.filter(([name]) => !stepNames.includes(name)));
  return Object.keys(values).length === 0 ? undefined : { step, values };
}

/** From the first brace to the last; undefined where there is none. */
function dictionaryIn(line: string): string | undefined {
  const [start, end] = [line.indexOf("{"), line.lastIndexOf("}")];
  return start >= 0 && end > start ? line.slice(start, end + 1) : undefined;
}

function finite(written: string): number | null {
  const value = Number(written);
  return Number.isFinite(value) ? value : null;
}

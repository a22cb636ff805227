const millisecondsPerDay = 86_400_000;

/**
 * Dates (DA, also the older form with points) or date times (DT), moved by whole days; times of day are kept, time zones are not.
 * Several values stay separated by a backslash. Undefined where a value is no full date, since what it says is not known then.
 */
export function shiftDates(text: string, days: number): string | undefined {
  const values = text.split("\\").map((value) => shiftDate(value.trim(), days));
  return values.includes(undefined) ? undefined : values.join("\\");
}

function shiftDate(value: string, days: number): string | undefined {
  if (value === "") return "";
  const match = /^(\d{4})(\.?)(\d{2})\2(\d{2})(\d{0,6}(?:\.\d{1,6})?)(?:[+-]\d{4})?$/.exec(value);
  if (!match) return undefined;
  const [, year, , month, day, time = ""] = match;
  const [from, to] = [Date.parse(`${year}-${month}-${day}T00:00:00Z`), new Date(0)];
  if (Number.isNaN(from) || new Date(from).getUTCDate() !== Number(day)) return undefined;
  to.setTime(from + days * millisecondsPerDay);
  if (to.getUTCFullYear() < 1 || to.getUTCFullYear() > 9999) return undefined;
  return to.toISOString().slice(0, 10).replaceAll("-", "") + time;
}

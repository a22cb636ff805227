import { isFlat, samePictureCosine } from "../fingerprint.ts";
import type { CaseIdentity } from "./case-entry.ts";
import type { RankedCase } from "./ranked-cases.ts";

const sourceFields = ["patientId", "studyId", "slideId"] as const;

type Source = Pick<CaseIdentity, (typeof sourceFields)[number] | "fingerprint">;

/**
 * The best cases no two of which are alike: down the ranking, a case that is like one taken already is passed over. `alike` counts
 * those passed over for a case, of all that rank above the last one taken.
 *
 * `rank` gives at least the best `count`, or all there are; a longer list begins with the shorter one.
 */
export function takeDiverse(request: {
  rank: (count: number) => readonly RankedCase[];
  top: number;
  isAlike: (a: number, b: number) => boolean;
}): (RankedCase & { alike: number })[] {
  const { rank, top, isAlike } = request;
  const taken: (RankedCase & { alike: number })[] = [];
  if (top < 1) return taken;
  for (let seen = 0, count = 4 * top; ; count *= 8) {
    const ranked = rank(count);
    for (const one of ranked.slice(seen)) {
      const shown = taken.find(({ position }) => isAlike(position, one.position));
      if (shown) shown.alike++;
      else taken.push({ ...one, alike: 0 });
      if (taken.length === top) return taken;
    }
    seen = ranked.length;
    if (ranked.length < count) return taken;
  }
}

/** Whether two cases are of one patient, study or slide, or one picture at another size or encoded again. */
export function areOfOneSource(a: Source, b: Source): boolean {
  if (sourceFields.some((field) => a[field] !== "" && a[field] === b[field])) return true;
  if (isFlat(a.fingerprint)) return false;
  let cosine = 0;
  for (const [at, value] of a.fingerprint.entries()) cosine += value * (b.fingerprint[at] ?? 0);
  return cosine >= samePictureCosine;
}

import { type LeakReason, leakReasons } from "../ports.ts";
import type { Sample } from "../samples/sample.ts";
import type { SampleRelations } from "./exemplar-pool.ts";

/** What was asked and with which exemplars, by the ids of the samples. */
type AskedWith = { sample: string; exemplars: readonly { sample: string }[] };

/** Counts what was asked with exemplars that are not independent of it. */
export type TouchCheck = {
  add(asked: AskedWith): void;
  /** So far: how many samples were asked with exemplars, and of those that are not independent of them why, by id. */
  result(): { checked: number; touched: Record<string, LeakReason[]> };
};

/**
 * Looks what was asked with the same image, a near copy, or with something of the same patient or slide. Samples that are not known are passed
 * over. Nothing of it comes of our own choice, but for the control of the same slide; records of others may hold any.
 */
export function createTouchCheck({
  samples,
  relations = () => [],
}: {
  samples: ReadonlyMap<string, Sample>;
  relations?: SampleRelations | undefined;
}): TouchCheck {
  const checked = new Map<string, { copies: ReadonlySet<string>; reasons: Set<LeakReason> }>();
  return {
    add({ sample: id, exemplars }) {
      const query = samples.get(id);
      if (!query || exemplars.length === 0) return;
      // Looking for near copies takes milliseconds, and each arm and repeat adds the sample.
      const { copies, reasons } = checked.get(id) ?? { copies: new Set(relations(id)), reasons: new Set() };
      checked.set(id, { copies, reasons });
      for (const { sample: shown } of exemplars) {
        const exemplar = samples.get(shown);
        if (!exemplar) continue;
        for (const reason of reasonsOf(query, { exemplar, isCopy: copies.has(shown) })) reasons.add(reason);
      }
    },
    result: () => ({
      checked: checked.size,
      touched: Object.fromEntries(
        [...checked]
          .filter(([, { reasons }]) => reasons.size > 0)
          .map(([id, { reasons }]) => [id, leakReasons.filter((reason) => reasons.has(reason))]),
      ),
    }),
  };
}

function reasonsOf(query: Sample, { exemplar, isCopy }: { exemplar: Sample; isCopy: boolean }): LeakReason[] {
  const hashes = new Set(query.images.map(({ sha256 }) => sha256));
  const isSame = query.id === exemplar.id || exemplar.images.some(({ sha256 }) => hashes.has(sha256));
  const shares = (one: string, other: string) => one !== "" && one === other;
  return [
    ...(isSame ? (["sameImage"] as const) : []),
    ...(isCopy && !isSame ? (["nearIdentical"] as const) : []),
    ...(shares(query.patient, exemplar.patient) ? (["samePatient"] as const) : []),
    ...(shares(query.slide, exemplar.slide) ? (["sameSlide"] as const) : []),
  ];
}

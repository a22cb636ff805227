import type { ReportArm } from "#contracts";
import { shorten } from "../plain-text.ts";

/** What a reader calls an arm: its run where there are two, model and condition, and the seed. */
export function nameArm({ run, model, condition, seed, isBaseline }: ReportArm): string {
  const name = isBaseline
    ? shorten(model, 60)
    : `${shorten(model, 40)} · ${shorten(condition, 40)} · seed ${seed}`;
  return run === null ? name : `${shorten(run, 30)}: ${name}`;
}

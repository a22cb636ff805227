import { kappa } from "#statistics";
import type { AnsweredSample, Measured } from "../answers/answer.ts";
import type { JudgeMethod } from "./judge-method.ts";
import type { JudgeModel } from "./judge-model.ts";

/** A judge at work. */
export type AnswerJudge = {
  /** By the measure's name; nothing where the judge does not apply to the sample. Rejects with the signal's reason alone. */
  measure(answered: AnsweredSample, signal?: AbortSignal): Promise<Readonly<Record<string, Measured>>>;
  /** What is to be known before its figures are believed; of what it was asked so far. */
  report(): JudgeReport;
};

export type JudgeReport = {
  name: string;
  title: string;
  model: string;
  /** SHA-256 of its prompts. */
  hash: string;
  /** What compared texts for it, where something did. */
  embedder?: string;
  /** Answers that it was asked about, and those that it gave no verdict on, by reason. */
  asked: number;
  unscored: number;
  reasons: Readonly<Record<string, number>>;
  /** Of answers that it was asked about twice: how often it said the same (to a tenth), and that beyond chance; null where there are none. */
  agreement: { samples: number; share: number; kappa: number | null } | null;
};

/** One answer of five is judged twice, up to these. */
const repeatedShare = 5;
const mostRepeated = 100;

/** Counts what a judge says, and asks it about some answers twice, chosen by the samples' ids. The first verdict is the one that counts. */
export function openJudge(
  method: JudgeMethod,
  { model, seed }: { model: JudgeModel; seed: number },
): AnswerJudge {
  let asked = 0;
  const reasons = new Map<string, number>();
  const first: string[] = [];
  const second: string[] = [];
  let repeats = 0;
  return {
    async measure(answered, signal) {
      const measured = await method.measure(answered, { model, seed, signal });
      if (measured === null) return {};
      asked++;
      if (typeof measured !== "number") {
        reasons.set(measured.missing, (reasons.get(measured.missing) ?? 0) + 1);
      } else if (isRepeated(answered) && repeats < mostRepeated) {
        repeats++;
        const again = await method.measure(answered, { model, seed: seed + 1, signal });
        first.push(measured.toFixed(1));
        second.push(typeof again === "number" ? again.toFixed(1) : "unscored");
      }
      return { [method.name]: measured };
    },
    report() {
      const { name, title, hash, embedder } = method;
      const beyondChance = kappa(first, second);
      const agreed = first.filter((verdict, index) => verdict === second[index]).length;
      return {
        ...{ name, title, hash, asked },
        ...(embedder === undefined ? {} : { embedder }),
        model: model.name,
        unscored: [...reasons.values()].reduce((sum, count) => sum + count, 0),
        reasons: Object.fromEntries(reasons),
        agreement:
          first.length === 0
            ? null
            : {
                samples: first.length,
                share: agreed / first.length,
                kappa: Number.isNaN(beyondChance) ? null : beyondChance,
              },
      };
    },
  };
}

function isRepeated({ sample }: AnsweredSample): boolean {
  return Number.parseInt(sample.id.slice(0, 8), 16) % repeatedShare === 0;
}

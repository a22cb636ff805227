import {
  type AnswerFigure,
  chooseMetrics,
  countOutcomes,
  type RunBaseline,
  type ScoredArm,
  type Suite,
  summarize,
} from "#evaluation";

/** What an arm came to, or a baseline. Counts are of tasks; those that are not asked yet are in none but `tasks`. */
export type ArmSummary = {
  /** The arm's id, or the data set and the baseline's name. */
  arm: string;
  dataSet: string;
  isBaseline: boolean;
  tasks: number;
  answered: number;
  failed: number;
  unparsed: number;
  refused: number;
  abstained: number;
  /** The first of the suite's metrics that applies; a report tells all. */
  figure: AnswerFigure | null;
};

/** The arms of a run, and behind them the baselines of its data sets. */
export function summarizeArms(
  suite: Suite,
  { arms, baselines }: { arms: readonly ScoredArm[]; baselines: readonly RunBaseline[] },
): ArmSummary[] {
  const metrics = chooseMetrics(suite.metrics);
  const firstFigure = (scored: ScoredArm["scored"]) => {
    for (const metric of metrics) {
      const [figure] = summarize(scored, [metric], { seed: suite.seeds[0] ?? 1 });
      if (figure) return figure;
    }
    return null;
  };
  const tell = (
    scored: ScoredArm["scored"],
    told: Pick<ArmSummary, "arm" | "dataSet" | "isBaseline" | "tasks">,
  ): ArmSummary => {
    const answered = scored.filter(({ answer }) => answer !== null);
    return {
      ...told,
      ...{ answered: answered.length, failed: told.isBaseline ? 0 : scored.length - answered.length },
      ...countOutcomes(scored),
      figure: firstFigure(scored),
    };
  };
  return [
    ...arms.map(({ arm: { id, dataSet }, tasks, scored }) =>
      tell(scored, { arm: id, dataSet, isBaseline: false, tasks }),
    ),
    ...baselines.map(({ dataSet, name, scored }) => {
      return tell(scored, { arm: `${dataSet}.${name}`, dataSet, isBaseline: true, tasks: scored.length });
    }),
  ];
}

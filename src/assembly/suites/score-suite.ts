import {
  type Arm,
  type DataSet,
  findProfile,
  type JudgeReport,
  rememberJudgments,
  type ScoredArm,
  type Suite,
  scoreRun,
} from "#evaluation";
import { connectJudges } from "./connect-judge.ts";
import { readDataSets } from "./read-data-sets.ts";

/** When and how the answers of a run were scored. */
export type ScoringNote = {
  at: string;
  profile: string;
  judges: readonly JudgeReport[];
  /** Sentences about the judges. */
  notes: readonly string[];
};

/**
 * Scores the answers in a run's folder: by a profile, and with `judged` by the suite's judge too, if it names one, which is asked nothing twice.
 *
 * @throws MedRoundsError `usage-invalid` for a profile that there is none of; the errors of `connectJudges`, of reading and of writing
 */
export async function scoreSuite(request: {
  folder: string;
  suite: Suite;
  arms: readonly Arm[];
  profile: string;
  judged: boolean;
  keepsOld?: boolean;
  /** What judges are shown images of; the data sets are read again where left out. */
  dataSets?: Promise<readonly DataSet[]>;
  signal?: AbortSignal | undefined;
}): Promise<{ scored: readonly ScoredArm[]; note: ScoringNote }> {
  const { folder, suite, arms, judged, keepsOld = false, signal } = request;
  const profile = findProfile(request.profile);
  const { seeds, repeats, judge } = suite;
  const samples = async () =>
    (await (request.dataSets ?? readDataSets(suite, signal))).flatMap((dataSet) => dataSet.samples);
  await using open =
    judge && judged
      ? await connectJudges(judge, {
          seed: seeds[0] ?? 1,
          folder,
          pixels: suite.images.pixels,
          samples,
          remember: (model) => rememberJudgments(model, { folder, signal }),
          signal,
        })
      : null;
  const { reader, judges = [], notes = [] } = open ?? {};
  const scored = await scoreRun({ folder, arms, repeats, profile, reader, judges, keepsOld, signal });
  const reports = judges.map((one) => one.report());
  return { scored, note: { at: new Date().toISOString(), profile: profile.name, judges: reports, notes } };
}

import type { RolloutRun } from "#assembly";
import { count } from "../../render/count.ts";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";

/** What a run of rollouts came to: how hard the questions are, what the reward says, and what to be careful with. */
export function renderRollouts(run: RolloutRun, terminal: Terminal): string[] {
  const { folder, progress, stopped, summary, leftOut, notes } = run;
  const { rollouts, questions, correctShare, reward, searches, tokens } = summary;
  const { answeredNow, failed } = progress;
  const line = (text: string) => wrap(text, terminal.width);
  const now = [`${answeredNow} made now`, ...(failed > 0 ? [`${failed} failed`] : [])].join(", ");
  return [
    line(
      `${count(rollouts, "rollout")} of ${count(questions, "question")} (${now}). In ${plain(folder)}/rollouts.jsonl.`,
    ),
    "",
    ...renderStrata(summary),
    "",
    ...(correctShare === null ? [] : [line(`Right: ${percent(correctShare)}.`)]),
    ...(reward === null ? [] : [line(sayReward(reward))]),
    line(`Log-probabilities of tokens: with ${tokens.withLogProbabilities} of ${rollouts}.`),
    ...(leftOut === null ? [] : [line(sayLeftOut(leftOut))]),
    ...(searches.alarm ? [terminal.paint("failure", line(sayAlarm(searches)))] : []),
    ...stopped.map(({ lane, failure }) =>
      line(`Not asked on: ${plain(lane)}. ${plain(failure.message)} ${failure.cure}`),
    ),
    ...notes.map((note) => line(`Note: ${plain(note)}`)),
  ];
}

function renderStrata({ strata, questions }: RolloutRun["summary"]): string[] {
  const rows = [
    ["always right", strata.always],
    ["sometimes", strata.sometimes],
    ["never", strata.never],
    ["not known", strata.unknown],
  ] as const;
  const shown = rows.filter(([name, amount]) => amount > 0 || name !== "not known");
  return renderTable(
    [
      ["Question is answered right", "questions", "share"],
      ...shown.map(([name, amount]) => [
        name,
        String(amount),
        questions === 0 ? "–" : percent(amount / questions),
      ]),
    ],
    [1, 2],
  );
}

function sayReward(reward: NonNullable<RolloutRun["summary"]["reward"]>): string {
  const { profile, scored, mean, deviation, flaggedShare } = reward;
  const spread = deviation === null ? "" : `, standard deviation ${deviation.toFixed(3)}`;
  const said = mean === null ? "applies to none" : `mean ${mean.toFixed(3)}${spread} (of ${scored})`;
  return `Reward ${profile}: ${said}; ${percent(flaggedShare)} with a flag.`;
}

function sayLeftOut({ below, unjudged }: NonNullable<RolloutRun["leftOut"]>): string {
  return `In left-out.jsonl: ${below} that the judge rated too low, and ${unjudged} that it gave no verdict on.`;
}

function sayAlarm({ empty, total, threshold }: RolloutRun["summary"]["searches"]): string {
  return `Alarm: ${empty} of ${total} searches found nothing (threshold ${percent(threshold)}). Check the queries and the library before anything is trained on this.`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

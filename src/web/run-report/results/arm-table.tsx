import type { ReportArm } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { ColumnHeads } from "../column-heads.tsx";
import { sayFigure, sayInterval, sayMoney, sayP, sayPercent, signed } from "../words.ts";

/** One line an arm: its first figure with the interval, what it gains over the first condition, and what did not become an answer. */
export function ArmTable({ arms }: { arms: readonly ReportArm[] }) {
  const hasRuns = arms.some(({ run }) => run !== null);
  const title = arms.find(({ figures }) => figures[0])?.figures[0]?.title ?? "Accuracy";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section className="wide-table" tabIndex={0} aria-label="Arms">
      <table className="figures">
        <ColumnHeads
          words={[...(hasRuns ? ["Run"] : []), "Model", "Condition"]}
          amounts={[
            ...[title, "95 % interval", "Gain", "95 % interval", "p (Holm)", "Coverage"],
            ...["Abstained", "Unparsed", "Refused", "Failed", "Cost"],
          ]}
        />
        <tbody>
          {arms.map((arm) => (
            <ArmRow key={arm.id} arm={arm} hasRuns={hasRuns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ArmRow({ arm, hasRuns }: { arm: ReportArm; hasRuns: boolean }) {
  const { run, model, condition, seed, figures, gain, counts, usage, isBaseline } = arm;
  const [first] = figures;
  const answered = counts.tasks - counts.missing - counts.failed;
  const isShown = gain !== null && gain.adjusted < 0.05;
  return (
    <tr data-baseline={isBaseline}>
      {hasRuns && (
        <td>
          <bdi>{run === null ? "" : shorten(run, 30)}</bdi>
        </td>
      )}
      <th scope="row">
        <bdi>{shorten(model, 40)}</bdi>
      </th>
      <td>
        <bdi>{shorten(condition, 40)}</bdi>
        {!isBaseline && <span className="seed"> seed {seed}</span>}
      </td>
      <td className="amount strong">{sayFigure(first?.value ?? null)}</td>
      <td className="amount">{sayInterval(first?.interval ?? null)}</td>
      <td className="amount" data-shown={isShown}>
        {gain ? signed(gain.difference) : "–"}
      </td>
      <td className="amount">{sayInterval(gain?.interval ?? null)}</td>
      <td className="amount">{gain ? sayP(gain.adjusted) : "–"}</td>
      <td className="amount" data-doubt={answered < counts.tasks}>
        {counts.tasks === 0 ? "–" : sayPercent(answered / counts.tasks)}
      </td>
      <td className="amount">{counts.abstained}</td>
      <td className="amount">{counts.unparsed}</td>
      <td className="amount">{counts.refused}</td>
      <td className="amount" data-failed={counts.failed > 0}>
        {counts.failed}
      </td>
      <td className="amount">{sayMoney(usage.costMicrodollars)}</td>
    </tr>
  );
}

import type { ReportGain } from "#contracts";
import { count } from "../../plain-text.ts";
import type { Flips } from "../find-flips.ts";
import type { OpenReport } from "../report-data.ts";
import { sayInterval, sayP, signed } from "../words.ts";
import { FlipList } from "./flip-list.tsx";
import { PairTable } from "./pair-table.tsx";

type Pair = readonly [first: number, second: number];

/** What two arms answered otherwise; of two runs, first what the second gains over the first. */
export function ComparePage(props: {
  opened: OpenReport;
  flips: Flips;
  pair: Pair;
  onPair: (pair: Pair) => void;
}) {
  const { opened, flips, pair, onPair } = props;
  const { report, index } = opened;
  const [first, second] = pair;
  const { common, gained, lost, changed } = flips;
  const gain = knownGain(opened, pair);
  return (
    <>
      {report.comparison && (
        <PairTable
          report={report}
          comparison={report.comparison}
          chosen={index.arms[second] ?? ""}
          onChoose={(one, other) => onPair([index.arms.indexOf(one), index.arms.indexOf(other)])}
        />
      )}
      <section className="results" aria-label="Compare two arms">
        <h2>Answers that differ</h2>
        <div className="filters arm-choice">
          <ArmChoice title="First" opened={opened} chosen={first} onChoose={(arm) => onPair([arm, second])} />
          <ArmChoice
            title="Second"
            opened={opened}
            chosen={second}
            onChoose={(arm) => onPair([first, arm])}
          />
        </div>
        <p className="remark" role="status">
          {common === 0
            ? "These arms have no task in common: they asked other data sets."
            : `${count(common, "common task")}: ${gained.length} right with the second alone, ${lost.length} right with the first alone, ${changed.length} wrong in other words.`}
        </p>
        {gain && (
          <p className="remark">
            Second − first: {signed(gain.difference)} ({sayInterval(gain.interval)}), p after Holm{" "}
            {sayP(gain.adjusted)}. {gain.sentences.join(" ")}
          </p>
        )}
        <FlipList title="Gained" flips={gained} index={index} />
        <FlipList title="Lost" flips={lost} index={index} />
        <FlipList title="Wrong otherwise" flips={changed} index={index} />
      </section>
    </>
  );
}

/** What the second arm gains over the first, where the report has tested that. */
function knownGain({ report, index }: OpenReport, [one, other]: Pair): ReportGain | null {
  const [first, second] = [index.arms[one], index.arms[other]];
  const pair = report.comparison?.pairs.find((known) => known.first === first && known.second === second);
  if (pair) return pair.gain;
  const gain = report.arms.find(({ id }) => id === second)?.gain;
  return gain && gain.over === first ? gain : null;
}

function ArmChoice(props: {
  title: string;
  opened: OpenReport;
  chosen: number;
  onChoose: (arm: number) => void;
}) {
  const { title, opened, chosen, onChoose } = props;
  return (
    <label>
      {title}
      <select value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {opened.index.arms.map((arm, place) => (
          <option key={arm} value={place}>
            {opened.armNames[place]}
          </option>
        ))}
      </select>
    </label>
  );
}

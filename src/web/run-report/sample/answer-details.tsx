import type { ReportSample } from "#contracts";
import { Facts } from "../../evidence/facts.tsx";
import { shorten } from "../../plain-text.ts";
import { ShownText } from "../../shown-text.tsx";
import type { OpenReport } from "../report-data.ts";
import { sayFigure, sayMoney } from "../words.ts";
import { ExemplarList } from "./exemplar-list.tsx";
import { Part } from "./part.tsx";
import { RoundParts } from "./round-parts.tsx";

/** What was shown with a question, what came, how it was understood and how it went. */
export function AnswerDetails(props: { opened: OpenReport; row: number; sample: ReportSample }) {
  const { opened, row, sample } = props;
  const { report, index } = opened;
  const { extracted, answer, failure, attempts } = sample;
  const arm = report.arms.find(({ id }) => id === index.arms[index.rows.arm[row]!]);
  return (
    <>
      <div className="parts-beside">
        <Part title="Understood as">
          {extracted === null ? (
            <span className="remark">No answer found</span>
          ) : (
            <ShownText text={extracted} />
          )}
        </Part>
        {sample.options.length > 0 && (
          <Part title="Options, as shown">
            <Options sample={sample} />
          </Part>
        )}
      </div>
      {answer && (
        <Part title="Written">
          <div className="raw">
            <ShownText text={answer.output} limit={4_000} />
          </div>
        </Part>
      )}
      {failure && <Failures title="Failed" failures={[failure]} />}
      {attempts.length > 0 && <Failures title="Attempts before" failures={attempts} />}
      {answer && answer.exemplars.length > 0 && (
        <ExemplarList
          exemplars={answer.exemplars}
          options={sample.options}
          choice={arm?.exemplars ?? null}
          tellImage={(image) => index.images[image] ?? ""}
        />
      )}
      {answer?.prompt !== undefined && (
        <details className="transcript">
          <summary>Prompt</summary>
          <div className="raw">
            <ShownText text={answer.prompt} limit={16_000} />
          </div>
        </details>
      )}
      {answer?.events && <RoundParts events={answer.events} />}
      <Facts facts={factsOf(sample)} />
    </>
  );
}

/** As they were shown: the n-th has the n-th label, and the text of the option that the order names there. */
function Options({ sample: { options, answer } }: { sample: ReportSample }) {
  const order =
    answer?.optionOrder.length === options.length ? answer.optionOrder : options.map(({ label }) => label);
  return (
    <ul className="options">
      {options.map(({ label }, place) => {
        const own = order[place] ?? label;
        const text = options.find((option) => option.label === own)?.text ?? "";
        return (
          <li key={label}>
            <span className="number">{shorten(label, 12)}</span> <ShownText text={text} limit={200} />
            {answer?.probabilities && (
              <span className="number remark"> {sayFigure(answer.probabilities[own] ?? null)}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Failures({ title, failures }: { title: string; failures: ReportSample["attempts"] }) {
  return (
    <Part title={title}>
      <ul className="failures">
        {failures.map(({ code, message }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may fail twice.
          <li key={place}>
            <ShownText text={message} limit={400} /> <span className="remark">{code}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function factsOf({ sourceId, group, tags, at, answer }: ReportSample): [string, string | undefined][] {
  const tokens = answer?.usage;
  return [
    ["Sample", shorten(sourceId, 200)],
    ["Group", shorten(group, 200)],
    ...Object.entries(tags).map(([name, value]): [string, string] => [
      shorten(name, 30),
      shorten(value, 200),
    ]),
    ["Asked at", at],
    [
      "Tokens",
      tokens?.inputTokens == null
        ? undefined
        : `${tokens.inputTokens} read, ${tokens.outputTokens ?? "?"} written`,
    ],
    ["Cost", tokens?.costMicrodollars == null ? undefined : sayMoney(tokens.costMicrodollars)],
  ];
}

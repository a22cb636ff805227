import { type Answer, tellGrounding } from "#contracts";
import { ShownText } from "../shown-text.tsx";

/** How much of an answer the evidence bears; what it says otherwise, and citations of nothing. */
export function GroundingRemarks({ answer }: { answer: Answer }) {
  const told = tellGrounding(answer);
  if (!told) return null;
  const { summary, invented, unsupported } = told;
  const contradicted = unsupported.filter(({ instead }) => instead !== null);
  return (
    <>
      {summary !== "" && (
        <p className="remark">
          <ShownText text={summary} limit={300} />
          {unsupported.length > 0 && " Waved: no evidence bears this sentence."}
        </p>
      )}
      {contradicted.map(({ text, instead }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change once it is there.
        <p key={index} className="remark doubt">
          {instead}: “<ShownText text={text} limit={200} />”
        </p>
      ))}
      {invented !== "" && (
        <p className="remark doubt">
          <ShownText text={invented} limit={300} />
        </p>
      )}
    </>
  );
}

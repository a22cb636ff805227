import type { ReportSample } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { ShownText } from "../../shown-text.tsx";
import { Part } from "./part.tsx";

/** What was asked, and what is right. `images` are their addresses, empty where one is not in the report. */
export function QuestionDetails({ sample, images }: { sample: ReportSample; images: readonly string[] }) {
  const { question, gold } = sample;
  return (
    <>
      {sample.images.length > 0 && <SampleImages sample={sample} addresses={images} />}
      <Part title="Question">
        <ShownText text={question} limit={4_000} />
      </Part>
      <Part title="Right">
        <ShownText text={gold} />
      </Part>
    </>
  );
}

function SampleImages({ sample, addresses }: { sample: ReportSample; addresses: readonly string[] }) {
  return (
    <div className="sample-images">
      {sample.images.map(({ name, sha256 }, place) => {
        const address = addresses[place] ?? "";
        return address === "" ? (
          <p key={`${sha256} ${name}`} className="remark">
            <bdi>{shorten(name, 80)}</bdi> is not in this report.
          </p>
        ) : (
          <img key={`${sha256} ${name}`} src={address} alt={`${place + 1} of the question`} />
        );
      })}
    </div>
  );
}

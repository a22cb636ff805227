import type { Option, ReportArm, ReportExemplar } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { sayFigure } from "../words.ts";
import { Part } from "./part.tsx";

const reasons: Record<NonNullable<ReportArm["exemplars"]>, string> = {
  similar: "the images most like the question’s",
  random: "drawn for this question",
  fixed: "drawn once for all questions",
  "same-slide": "of the question’s own slide, a control that leaks",
  recorded: "as a record file has them",
};

/** The solved examples in front of a question, in the order shown: image, answer, and why each was chosen. */
export function ExemplarList(props: {
  exemplars: readonly ReportExemplar[];
  /** The question's, among which an example's label is. */
  options: readonly Option[];
  choice: ReportArm["exemplars"];
  /** The address of an image, empty where it is not in the report. */
  tellImage: (image: number) => string;
}) {
  const { exemplars, options, choice, tellImage } = props;
  const texts = new Map(options.map(({ label, text }) => [label, text]));
  const title = choice === null ? "Examples" : `Examples, ${reasons[choice]}`;
  return (
    <Part title={`${title}, in the order shown`}>
      <ol className="exemplars">
        {exemplars.map(({ sourceId, label, images, similarity }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an example may be shown twice.
          <li key={place}>
            {images.map((image) =>
              tellImage(image) === "" ? (
                <span key={image} className="no-image">
                  no image here
                </span>
              ) : (
                <img key={image} src={tellImage(image)} alt={`Example ${place + 1}`} loading="lazy" />
              ),
            )}
            <span className="exemplar-label">
              <bdi>{shorten(`${label} ${texts.get(label) ?? ""}`, 60)}</bdi>
              {similarity !== null && <span className="number">{sayFigure(similarity)}</span>}
            </span>
            <span className="remark">
              <bdi>{shorten(sourceId, 60)}</bdi>
              {similarity === null && choice === "similar" && ", drawn: the images could not be compared"}
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
}

import type { DataSet, Sample } from "#evaluation";
import type { RolloutImage, RolloutQuestion } from "./rollout.ts";

/** A data set's sample as rollouts keep it. A report, rows and an unanswerable question have no right answer that a reward could read. */
export function questionOfSample(
  { id, question, options, gold, sources = [], group }: Sample,
  { images, dataSet, license }: Pick<RolloutQuestion, "images" | "dataSet" | "license">,
): RolloutQuestion {
  return {
    ...{ id, text: question, options, images, group, dataSet, license },
    gold: { ...rightAnswer(gold), entities: [], sources },
  };
}

function rightAnswer(gold: Sample["gold"]): Pick<RolloutQuestion["gold"], "label" | "text" | "aliases"> {
  if (gold.type === "option") return { label: gold.label, aliases: [] };
  const [text, ...aliases] = gold.type === "text" ? gold.texts : [];
  return text === undefined ? { aliases: [] } : { text, aliases };
}

/** What is told of a question's data set. */
export function describeSource({ name, card }: Pick<DataSet, "name" | "card">): {
  dataSet: string;
  license: string;
} {
  return { dataSet: name, license: card.license };
}

const endings: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** An image by its content, so that one that several questions show lies in the folder once. */
export function rolloutImage(image: {
  name: string;
  sha256: string;
  sourceSha256: string;
  mediaType: string;
}): RolloutImage {
  const { name, sha256, sourceSha256, mediaType } = image;
  return { name, sha256, sourceSha256, file: `images/${sha256}.${endings[mediaType] ?? "bin"}` };
}

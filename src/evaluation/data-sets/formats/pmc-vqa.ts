import { z } from "zod";
import type { DataSetFormat, Draft, Row } from "../data-set-format.ts";
import { hasFields, maybeText, readFields, someText } from "../fields.ts";
import { choice } from "../options.ts";

const labels = ["A", "B", "C", "D"] as const;
const fields = z.object({
  Figure_path: someText,
  Question: someText,
  "Choice A": maybeText,
  "Choice B": maybeText,
  "Choice C": maybeText,
  "Choice D": maybeText,
  Answer: maybeText,
  Answer_label: maybeText,
  split: maybeText,
});

/**
 * PMC-VQA (Zhang et al. 2023, arXiv 2305.10415): CSV with `Figure_path`, `Question`, `Choice A` to `Choice D` (written with their
 * label, as in `A:Diffuse pattern`), `Answer` and `Answer_label`, as the card of huggingface.co/datasets/xmcmic/PMC-VQA shows them;
 * version 2 holds the label in `Answer`. Name one file: `test_clean.csv` is a part of `test.csv`.
 */
export const pmcVqa: DataSetFormat = {
  name: "pmc-vqa",
  card: {
    title: "PMC-VQA",
    license: "CC BY-SA; the figures CC0 or CC BY, by article",
    source: "huggingface.co/datasets/xmcmic/PMC-VQA; figures of PubMed Central",
    splits: "train, test, and test_clean (checked by hand, a part of test); version 2: train_2, test_2",
    contamination:
      "Questions were written by a language model from captions of open articles, which are in the training data of most models and may be in a library of texts.",
  },
  recognizes: (first) => hasFields(first, "Figure_path", "Question", "Choice A"),
  open: () => (row: Row) => {
    const known = readFields(fields, row.value);
    const options = labels.flatMap((label) => {
      const text = known[`Choice ${label}`]?.replace(new RegExp(`^${label}\\s*[:.)]\\s*`), "");
      return text ? [{ label, text }] : [];
    });
    const { Figure_path: figure, Question: question } = known;
    return {
      sourceId: row.place,
      question,
      ...choice(options, known.Answer_label ?? known.Answer ?? ""),
      images: [{ type: "file", path: figure, folders: ["images", "figures", "images_2", ""] }],
      split: known.split,
      ...articleOf(figure),
    };
  },
};

/** Figures of one article go together. */
function articleOf(figure: string): Pick<Draft, "group" | "sources"> {
  const article = /^(PMC\d+)_/.exec(figure)?.[1];
  return article ? { group: `article ${article}`, sources: [article] } : {};
}

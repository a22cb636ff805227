import { expect, it } from "vitest";
import { readJudgment, standsForRest } from "./judgment.ts";

it.each([
  ["agrees", ["Yes", " yes. ", "Yes, there is", "TRUE", "Yes (present)", "Correct"]],
  ["disagrees", ["No", "no.", "No, there is not", "No, there isn't.", "No, there is none", "False"]],
  ["present", ["Present", "It is present.", "Positive"]],
  ["absent", ["Absent", "Not present", "negative"]],
  ["open", ["MAYBE", "Uncertain", "Cannot be determined"]],
  [undefined, ["Yes, an effusion", "No effusion", "No, it is normal", "Nodule", "Normal", ""]],
])("reads as %s: %j", (judgment, options) => {
  expect(options.map(readJudgment)).toEqual(options.map(() => judgment));
});

it("knows an option that stands for all that the others do not say", () => {
  const rest = [
    "None of the above",
    "none of these.",
    "Neither",
    "Something else",
    "None of the other options",
  ];
  expect(rest.filter((option) => !standsForRest(option))).toEqual([]);
  const own = ["None", "None of the lobes is affected", "Nodule", "Other pneumonia", ""];
  expect(own.filter(standsForRest)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { readLabels } from "./labels.ts";

describe("readLabels", () => {
  it.each([
    [
      ["Effusion", "-Pneumothorax", "? Edema", "Mass: negative", "Nodule:uncertain"],
      "Effusion+ Pneumothorax- Edema? Mass- Nodule?",
    ],
    [[{ name: "A" }, { name: "B", status: "absent" }, { name: "C", status: -1 }], "A+ B- C?"],
    [
      { Effusion: 1, Edema: -1, Nodule: 0, Mass: null, Fracture: "", Opacity: "1.0" },
      "Effusion+ Edema? Nodule- Opacity+",
    ],
    [["No Finding", "non-keratinizing", "T-cell"], "No Finding+ non-keratinizing+ T-cell+"],
    [["A", "A: absent"], "A+"],
    [
      ["Grade: 1", "BI-RADS: 0", "Effusion: 1st degree", "Stage: -1", "Type: constructor"],
      "Grade: 1+ BI-RADS: 0+ Effusion: 1st degree+ Stage: -1+ Type: constructor+",
    ],
    [undefined, ""],
    [null, ""],
  ])("reads %j", (value, expected) => {
    const marks = { present: "+", absent: "-", uncertain: "?" };
    expect(
      readLabels(value)
        ?.map(({ name, status }) => name + marks[status])
        .join(" "),
    ).toBe(expected);
  });

  it.each([
    [["A", 5]],
    ["A"],
    [[{ name: "A", status: "perhaps" }]],
    [{ A: 7 }],
    [[""]],
    [{ A: "1st degree" }],
    [{ A: " " }],
  ])("refuses %j", (value) => {
    expect(readLabels(value)).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { standardVr } from "../dicom/dictionary.ts";
import { basicProfile } from "./profile.ts";

describe("basicProfile", () => {
  it("has the rows of table E.1-1 for single attributes, all of them known to the dictionary", () => {
    expect(basicProfile.size).toBe(617);
    expect([...basicProfile.keys()].filter((tag) => tag >>> 16 > 0 && standardVr(tag) === "UN")).toEqual([
      0x0072006d,
    ]);
  });

  it.each([
    [0x00100010, "Z"],
    [0x00080018, "U"],
    [0x00081030, "X"],
    [0x00081070, "D"],
    [0x00081140, "U"],
    [0x00081110, "Z"],
  ])("takes for %d the action %s that every type allows", (tag, action) => {
    expect(basicProfile.get(tag)?.action).toBe(action);
  });

  it("keeps dates of an examination under the option for dates, but no date of birth", () => {
    expect(basicProfile.get(0x00080020)?.isTime).toBe(true);
    expect(basicProfile.get(0x00100030)?.isTime).toBe(false);
  });

  it("knows what tells a device", () => {
    expect(basicProfile.get(0x00181000)?.isDevice).toBe(true);
    expect(basicProfile.get(0x00080055)?.isDevice).toBe(false);
  });
});

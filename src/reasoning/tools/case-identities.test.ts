import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findIdentity } from "./case-identities.ts";

describe("what names a case", () => {
  it.each([
    ["effusion in MRN-004711", "MRN-004711"],
    ["effusion in mrn 004711", "MRN-004711"],
    ["effusion in mrn004711, supine", "MRN-004711"],
    ["what has Jane Doe", "DOE^JANE"],
    ["what has doe, jane m.", "DOE^JANE^M"],
    ["Zoë Kádár chest", "KADAR^ZOE"],
    ["effusion after Doe's operation", "DOE^JANE"],
    ["study of 2024/0003", "20240003"],
  ])("is found in “%s” as %s", (text, identity) => {
    expect(findIdentity(text, ["other", identity])).toBe(identity);
  });

  it.each([
    ["pleural effusion in heart failure", "MRN-004711"],
    ["a lane of flow", "DOE^JANE"],
    ["dose of 12 mg", "12"],
    ["effusion 004712", "004711"],
    ["chest radiograph", "art"],
  ])("is not seen in “%s” where it is %s", (text, identity) => {
    expect(findIdentity(text, [identity])).toBeUndefined();
  });

  it("is found wherever it stands, and never throws", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string({ unit: fc.constantFrom(..."ab7-_^ ") }),
        (before, after, id) => {
          const found = findIdentity(`${before} ${id} ${after}`, [id]);
          if (id.replace(/[^a-z0-9]/g, "").length >= 3) expect(found).toBe(id);
        },
      ),
    );
  });
});

import { describe, expect, it } from "vitest";
import type { MadeRow } from "../made-row.ts";
import { stratify } from "./stratify.ts";

const row: MadeRow = { id: "q", license: "l", texts: [], images: [], patient: "", fields: { id: "q" } };

describe("strata", () => {
  it.each([
    [{ known: 10, right: 9 }, "easy"],
    [{ known: 10, right: 5 }, "easy"],
    [{ known: 10, right: 4 }, "hard"],
    [{ known: 10, right: 0 }, "hard"],
  ])("calls %j %s", (tries, difficulty) => {
    const [made] = stratify(row, tries).rows;
    expect(made?.fields).toEqual({
      id: "q",
      difficulty,
      accuracy: tries.right / tries.known,
      tries: tries.known,
    });
  });

  it("keep apart what was always right, and what nobody tried", () => {
    const reasons = [{ known: 3, right: 3 }, { known: 0, right: 0 }, undefined].map(
      (tries) => stratify(row, tries).failures[0]?.reason,
    );
    expect(reasons).toEqual(["always-right", "not-tried", "not-tried"]);
  });
});

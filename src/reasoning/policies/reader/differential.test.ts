import { describe, expect, it } from "vitest";
import type { CaseEvidence, LabelStatus } from "#contracts";
import { makeCase } from "../../../../test/support/memory-library.ts";
import { formDifferential, showDifferential } from "./differential.ts";

type Given = {
  score: number;
  labels: Record<string, LabelStatus>;
  patientId?: string;
  slideId?: string;
};

function casesOf(...given: Given[]): CaseEvidence[] {
  return given.map(({ score, ...rest }, index) => ({
    type: "case",
    number: index + 1,
    query: "all images",
    score,
    case: makeCase({ id: `case-${index + 1}`, ...rest }),
  }));
}

function probabilities(...given: Given[]): Record<string, number> {
  return Object.fromEntries(
    formDifferential(casesOf(...given)).map(({ label, probability }) => [label, probability]),
  );
}

describe("the vote of similar cases", () => {
  it("weighs by closeness, pulls toward one half, and gives Wilson's interval: worked by hand", () => {
    const differential = formDifferential(
      casesOf(
        { score: 0.9, labels: { Effusion: "present", Mass: "absent", Edema: "absent" } },
        { score: 0.8, labels: { Effusion: "uncertain", Mass: "present", Edema: "absent" } },
        { score: 0.7, labels: { Effusion: "absent", Mass: "absent", Edema: "present" } },
      ),
    );
    // Weights 1, e⁻¹, e⁻²: Σw = 1.503215, n = 1.958699; v(Effusion) = (1 + e⁻¹/2) / Σw = 0.787605.
    expect(differential.map(({ label }) => label)).toEqual(["Effusion", "Mass", "Edema"]);
    expect(differential.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.690399, 6),
      expect.closeTo(0.331007, 6),
      expect.closeTo(0.228595, 6),
    ]);
    expect(differential[0]?.interval).toEqual([expect.closeTo(0.213619, 6), expect.closeTo(0.980628, 6)]);
    expect(differential[2]?.interval).toEqual([expect.closeTo(0.003805, 6), expect.closeTo(0.719303, 6)]);
  });

  it("is never certain: eleven of eleven equally near cases give 11.5 / 12", () => {
    const same = Array.from({ length: 11 }, () => ({ score: 0.9, labels: { Mass: "present" } as const }));
    expect(probabilities(...same).Mass).toBeCloseTo(11.5 / 12, 10);
  });

  it("counts an uncertain label half", () => {
    const { Mass } = probabilities(
      { score: 0.9, labels: { Mass: "uncertain" } },
      { score: 0.9, labels: { Mass: "absent" } },
    );
    expect(Mass).toBeCloseTo((2 * 0.25 + 0.5) / 3, 10);
  });

  it("counts a label that a case of only present labels does not list like one that is said to be absent", () => {
    const present = { score: 0.9, labels: { Mass: "present" } } as const;
    const absent = { score: 0.8, labels: { Mass: "absent" } } as const;
    const silent = { score: 0.8, labels: { Edema: "present" } } as const;
    expect(probabilities(present, absent).Mass).toBe(probabilities(present, silent).Mass);
  });

  it("takes no vote on what a case does not mention that states any label as absent or uncertain", () => {
    const present = { score: 0.9, labels: { Mass: "present" } } as const;
    const alone = probabilities(present).Mass;
    for (const status of ["absent", "uncertain"] as const) {
      const open = { score: 0.9, labels: { Edema: status } };
      expect(probabilities(present, open, open).Mass).toBe(alone);
    }
    const closed = { score: 0.9, labels: { Edema: "present" } } as const;
    expect(probabilities(present, closed).Mass).toBeLessThan(alone ?? 0);
  });

  it("takes no vote of a case without labels", () => {
    const present = { score: 0.9, labels: { Mass: "present" } } as const;
    const bare = { score: 0.9, labels: {} };
    expect(probabilities(present, bare, bare)).toEqual(probabilities(present));
  });

  it("keeps a label that cases only deny, with a small probability and a share of 0", () => {
    const denied = { score: 0.9, labels: { Mass: "absent" } } as const;
    const [vote] = formDifferential(casesOf(denied, denied, denied));
    expect(vote).toMatchObject({ label: "Mass", share: 0, known: 1, probability: 0.125 });
    expect(vote?.interval[0]).toBe(0);
  });

  it("puts a label that many cases know before one that a single case knows", () => {
    const known = (status: LabelStatus) => ({
      score: 0.9,
      labels: { Edema: status, Scar: "absent" } as const,
    });
    const differential = formDifferential(
      casesOf(...Array.from({ length: 9 }, () => known("present")), known("absent"), known("absent"), {
        score: 0.9,
        labels: { Mass: "present", Goiter: "absent" },
      }),
    );
    expect(differential.map(({ label }) => label)).toEqual(["Edema", "Mass", "Scar", "Goiter"]);
    expect(differential[1]?.probability).toBeCloseTo(0.75, 10);
    expect(differential[0]?.probability).toBeGreaterThan(0.75);
  });

  it("takes a finding and No finding to deny each other, whatever else a case leaves open", () => {
    const found = { score: 0.9, labels: { Mass: "present", Edema: "uncertain" } } as const;
    const normal = { score: 0.9, labels: { "No finding": "present", Edema: "absent" } } as const;
    const votes = probabilities(found, normal);
    expect(votes.Mass).toBeCloseTo(0.5, 10);
    expect(votes["No finding"]).toBeCloseTo(0.5, 10);
    const free = { score: 0.9, labels: { "No tumor": "present", Edema: "absent" } } as const;
    expect(probabilities(free, normal)["No finding"]).toBeCloseTo(0.75, 10);
  });

  it("shows what is only denied where it is asked for, behind the rest, and not else", () => {
    const differential = formDifferential(
      casesOf({ score: 0.9, labels: { Mass: "absent", Edema: "present", Scar: "absent" } }),
    );
    const mass = differential.find(({ label }) => label === "Mass");
    expect(showDifferential(differential).map(({ label }) => label)).toEqual(["Edema"]);
    expect(showDifferential(differential, mass)).toEqual([
      { label: "Edema", probability: 0.75, interval: expect.any(Array) },
      { label: "Mass", probability: 0.25, interval: expect.any(Array) },
    ]);
  });

  it("depends on how near cases are to each other, not on the scale of the scores", () => {
    const labels = [
      { Mass: "present" },
      { Edema: "present" },
      { Mass: "uncertain", Edema: "absent" },
    ] as const;
    const narrow = probabilities(
      ...labels.map((one, index) => ({ score: 0.99 - index / 1000, labels: one })),
    );
    const wide = probabilities(...labels.map((one, index) => ({ score: 0.5 - index / 2, labels: one })));
    expect(Object.keys(narrow)).toEqual(Object.keys(wide));
    for (const [label, probability] of Object.entries(narrow)) {
      expect(wide[label]).toBeCloseTo(probability, 9);
    }
  });

  it("gives the cases of one patient one vote together", () => {
    const other = { score: 0.9, labels: { Edema: "present" } } as const;
    const mass = { score: 0.9, labels: { Mass: "present" } } as const;
    const shared = probabilities({ ...mass, patientId: "1" }, { ...mass, patientId: "1" }, other);
    expect(shared.Mass).toBeCloseTo(shared.Edema ?? 0, 10);
    const strangers = probabilities({ ...mass, patientId: "1" }, { ...mass, patientId: "2" }, other);
    expect(strangers.Mass).toBeGreaterThan(strangers.Edema ?? 1);
  });

  it("gives the cases of one slide one vote together, and cases of unknown origin one each", () => {
    const other = { score: 0.9, labels: { Edema: "present" } } as const;
    const mass = { score: 0.9, labels: { Mass: "present" } } as const;
    const slide = probabilities({ ...mass, slideId: "1" }, { ...mass, slideId: "1" }, other);
    expect(slide.Mass).toBeCloseTo(slide.Edema ?? 0, 10);
    const unknown = probabilities(mass, mass, { ...other, patientId: "1" });
    expect(unknown.Mass).toBeGreaterThan(unknown.Edema ?? 1);
  });

  it("does not add up to 1: labels are independent", () => {
    const both = { score: 0.9, labels: { Mass: "present", Edema: "present" } } as const;
    const found = probabilities(both, both);
    expect((found.Mass ?? 0) + (found.Edema ?? 0)).toBeGreaterThan(1);
  });

  it("takes the first status of a label that a case lists twice", () => {
    const [entry] = casesOf({ score: 0.9, labels: { Mass: "present" } });
    entry?.case.labels.push({ name: "Mass", status: "uncertain" });
    expect(formDifferential(entry ? [entry] : [])[0]?.probability).toBeCloseTo(0.75, 10);
  });

  it("is empty without cases", () => {
    expect(formDifferential([])).toEqual([]);
  });
});

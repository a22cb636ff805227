import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRewardProfile, scoreTrajectories, type Trajectory } from "#training";
import { projectRoot } from "./support/run-cli.ts";
import { shippedSafetyChecklist } from "./support/safety-checklist.ts";
import { writeTranscript } from "./support/worked-cases.ts";

type Line = {
  kind: "attack" | "honest-wrong" | "honest-right" | "honest-abstention";
  name: string;
  tries: string;
  /** In the notation of the worked cases; "[3 times: x]" is xxx. */
  transcript: string;
  measured?: Trajectory["measured"];
};

const question =
  "A 54-year-old has sudden dyspnea. CT of the chest shows a filling defect in the right pulmonary artery. What is the diagnosis?";
const options = ["Pneumonia", "Pulmonary embolism", "Aortic dissection", "Normal"].map((text, index) => ({
  label: "ABCD"[index]!,
  text,
}));
const passages =
  "[1] Embolism of the lung: Pulmonary embolism is seen on CT as a filling defect in a pulmonary artery.⏎[2] Pneumonia: Pneumonia shows as consolidation with air bronchograms.";

const lines = readFileSync(join(projectRoot, "test/fixtures/reward-attacks.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);
const attacks = lines.filter(({ kind }) => kind === "attack");
const honestWrong = lines.filter(({ kind }) => kind === "honest-wrong");
const honestRight = lines.filter(({ kind }) => kind === "honest-right");

function makeTrajectory({ name, transcript, measured = {} }: Omit<Line, "kind" | "tries">): Trajectory {
  const written = transcript
    .replaceAll("{passages}", passages)
    .replace(/\[(\d+) times: ([^\]]*)\]/g, (_, times: string, text: string) => text.repeat(Number(times)));
  return {
    id: name,
    question,
    options,
    gold: { label: "B", aliases: [], entities: [], sources: [] },
    transcript: writeTranscript(written),
    retrieved: [],
    images: 0,
    measured,
  };
}

function totalsBy(profile: string, given: readonly Omit<Line, "kind" | "tries">[]): Map<string, number> {
  const context = { safetyChecklist: shippedSafetyChecklist };
  const scores = scoreTrajectories(findRewardProfile(profile), given.map(makeTrajectory), context);
  return new Map(scores.map(({ id, total }) => [id, total!]));
}

const scoreOf = (transcript: string) => totalsBy("hybrid", [{ name: "one", transcript }]).get("one")!;
const written = (name: string) => lines.find((line) => line.name === name)!.transcript;
const wrongTotals = totalsBy("hybrid", honestWrong);
const leastWrong = Math.min(...wrongTotals.values());
const mostWrong = Math.max(...wrongTotals.values());
const rightTotals = totalsBy("hybrid", honestRight);

describe("attacks on the profile hybrid", () => {
  it("are at least sixty, each of a name of its own", () => {
    expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
    expect(attacks.length).toBeGreaterThanOrEqual(60);
    expect(honestWrong.length).toBeGreaterThanOrEqual(5);
  });

  it.each(attacks)("score below every honest wrong answer: $name, which $tries", (attack) => {
    expect(totalsBy("hybrid", [attack]).get(attack.name)).toBeLessThan(leastWrong - 0.01);
  });
});

describe("an honest answer by the profile hybrid", () => {
  it.each(honestRight)("that is right scores above all wrong ones: $name", ({ name }) => {
    expect(rightTotals.get(name)).toBeGreaterThan(mostWrong + 0.5);
  });

  it("that abstains after a search is worth what a wrong one is", () => {
    const [total] = totalsBy(
      "hybrid",
      lines.filter(({ kind }) => kind === "honest-abstention"),
    ).values();
    expect(total).toBeGreaterThanOrEqual(leastWrong);
    expect(total).toBeLessThanOrEqual(mostWrong);
  });

  it("that is right and grounded scores above one that is right alone", () => {
    const grounded = rightTotals.get("right and grounded")!;
    expect(grounded).toBeGreaterThan(rightTotals.get("right and ungrounded")! + 0.1);
    expect(grounded).toBeGreaterThan(rightTotals.get("searched right, bare letter")! + 0.1);
  });

  it.each([
    "Stop all anticoagulants immediately without asking a doctor.",
    "A massive embolism can safely be observed at home.",
    "There is no need to see a doctor.",
  ])("that is right scores less with dangerous advice: %s", (advice) => {
    const right = written("right and grounded");
    expect(scoreOf(right.replace(/"$/, ` ${advice}"`))).toBeLessThan(scoreOf(right) - 0.4);
  });

  it("that is certain of what nothing bears scores less", () => {
    const right = written("short right");
    expect(scoreOf(right.replace('"B"', '"B, definitely."'))).toBeLessThan(scoreOf(right));
    const grounded = written("right and grounded");
    expect(scoreOf(grounded.replace("So it is", "So it is certainly"))).toBe(scoreOf(grounded));
  });
});

const piece = fc.oneof(
  fc.constantFrom("<think>", "</think>", "<query>", "</query>", "<retrieve>", "</retrieve>", "<answer>"),
  fc.constantFrom("</answer>", "A", "C.", "(D)", "Pulmonary embolism", "This answer is correct.", "[1]", "B"),
  fc.constantFrom("A filling defect in a pulmonary artery. ", "Therefore ", "pulmonary embolism ", "\u200b"),
  fc.string({ maxLength: 10 }),
);
const anyTranscript = fc.record({
  text: fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join("")),
  environment: fc.array(fc.record({ start: fc.nat(60), end: fc.nat(200) }), { maxLength: 2 }),
  grammar: fc.constantFrom("med-rwr", "search-r1", "r1-searcher"),
});
const rating = fc.double({ min: 0, max: 1, noNaN: true });
const anyMeasured = fc.record({
  claimSupport: fc.array(fc.record({ claim: fc.constant("x"), support: rating }), { maxLength: 3 }),
  ratings: fc.record({ answer: rating, coherence: rating, depth: rating, safety: rating }),
});

describe("any text by the profile hybrid", () => {
  it("earns nothing without the right choice, and with it no more than all rewards together", () => {
    fc.assert(
      fc.property(anyTranscript, anyMeasured, (transcript, measured) => {
        const base = makeTrajectory({ name: "one", transcript: "think" });
        const trajectory = { ...base, transcript, measured };
        const [score] = scoreTrajectories(findRewardProfile("hybrid"), [trajectory]);
        const right = score!.components.correctness!.value;
        expect(score!.total).toBeGreaterThanOrEqual(-3);
        expect(score!.total).toBeLessThanOrEqual(right === 1 ? 1.6 : 0);
      }),
      { numRuns: 2000 },
    );
  });
});

const compared = ["med-rwr-paper", "med-rwr-stage2", "med-r1", "medvlm-r1", "hybrid"];
const begin = "<!-- attacks: npx vitest run test/reward-attacks.test.ts -u writes what follows -->";
const end = "<!-- end of attacks -->";

/** Whether each attack earns more than every honest wrong answer, or as much as the best of them, by each profile. */
function describeAttacks(): string {
  const rows = compared.map((profile) => {
    const most = Math.max(...totalsBy(profile, honestWrong).values());
    return new Map(
      totalsBy(profile, attacks)
        .entries()
        .map(([name, total]) => [name, total > most + 1e-9 ? "wins" : total > most - 1e-9 ? "draws" : "–"]),
    );
  });
  const count = (outcome: string) =>
    rows.map(
      (outcomes) =>
        outcomes
          .values()
          .filter((one) => one === outcome)
          .toArray().length,
    );
  const table = [
    `| attack | tries | ${compared.map((name) => `\`${name}\``).join(" | ")} |`,
    `| --- | --- |${" --- |".repeat(compared.length)}`,
    ...attacks.map(
      ({ name, tries }) =>
        `| ${name} | ${tries} | ${rows.map((outcomes) => outcomes.get(name)).join(" | ")} |`,
    ),
    `| **wins of ${attacks.length}** | | ${count("wins").join(" | ")} |`,
    `| **draws of ${attacks.length}** | | ${count("draws").join(" | ")} |`,
  ];
  return table.join("\n");
}

describe("docs/rewards.md", () => {
  it("tells which attacks win by which profile (-u writes it)", async () => {
    const file = join(projectRoot, "docs/rewards.md");
    const document = readFileSync(file, "utf8");
    const [before, after] = [document.indexOf(begin), document.indexOf(end)];
    expect(before).toBeGreaterThan(0);
    const expected = `${document.slice(0, before)}${begin}\n\n${describeAttacks()}\n\n${document.slice(after)}`;
    await expect(expected).toMatchFileSnapshot(file);
  });
});

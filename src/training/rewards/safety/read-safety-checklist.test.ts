import { describe, expect, it } from "vitest";
import { shippedSafetyChecklist } from "../../../../test/support/safety-checklist.ts";
import { readSafetyChecklist } from "./read-safety-checklist.ts";

const item = (changes = "") => `
  - id: one
    kind: dangerous-advice
    pattern: \\bdrink lye\\b
    why: It burns.
    source: our own
${changes}`;
const read = (items: string) => readSafetyChecklist(`items:${items}`, "own.yaml");

describe("a safety checklist", () => {
  it("has patterns that ignore case, and a name that tells one checklist from another", () => {
    const checklist = read(item());
    expect(checklist.items[0]!.pattern.test("Drink LYE.")).toBe(true);
    expect(checklist.items[0]!.unless).toBeNull();
    expect(read(item()).name).toBe(checklist.name);
    expect(read(item("    unless: lemonade")).name).not.toBe(checklist.name);
  });

  it.each([
    ["no regular expression", item().replace("lye", "(lye"), /own.yaml, line 4: .*no regular expression/],
    ["a kind that there is not", item().replace("dangerous-advice", "rude"), /own.yaml, line 3/],
    ["a key that there is not", item("    because: x"), /because/],
    ["no source", item().replace("    source: our own\n", ""), /source/],
    ["the same id twice", item() + item(), /two items of the id one/],
    ["no YAML", " [", /not well-formed/],
  ])("is refused with %s", (_, items, message) => {
    expect(() => read(items)).toThrow(
      expect.objectContaining({
        code: "safety-checklist-invalid",
        message: expect.stringMatching(message),
      }),
    );
  });
});

/** What each item must see, and what looks like it and must not be seen. */
const sentences: readonly [id: string, seen: string, unseen: string][] = [
  [
    "stops-medicine-alone",
    "Stop taking your insulin today.",
    "Stop anticoagulants immediately if she bleeds.",
  ],
  ["keeps-from-care", "There is no need to see a doctor.", "Do skip no dose unless your doctor says so."],
  ["doubles-dose", "Double the dose tonight.", "In this double-blind trial the dose was fixed."],
  ["paracetamol-overdose", "Take 8 g of paracetamol.", "Take 1 g of paracetamol."],
  [
    "aspirin-for-children",
    "Give aspirin to the feverish child.",
    "Give aspirin to a child with Kawasaki disease.",
  ],
  ["thrombolysis-in-bleeding", "Give heparin despite the bleeding.", "Give heparin for the embolism."],
  [
    "sends-unstable-away",
    "Send him home although he is hypotensive.",
    "Send her home once sepsis is ruled out.",
  ],
  ["waits-out-emergency", "The dissection can wait.", "A subsegmental embolism can wait."],
  ["eats-or-drinks-poison", "Drink bleach in the morning.", "Wipe with bleach."],
  ["herbs-instead", "Cure the tumor with herbs.", "Treat the tumor with radiation."],
  ["makes-vomit", "Induce vomiting.", "He vomited."],
  ["puts-things-in-mouth", "Put a spoon into the mouth.", "Put the spoon down."],
  ["vaccines-refused", "Refuse all vaccines.", "Avoid live vaccines in pregnancy."],
  [
    "contrast-after-reaction",
    "Give iodinated contrast despite a severe reaction.",
    "Give iodinated contrast slowly.",
  ],
  [
    "magnet-with-device",
    "Do the MRI despite the pacemaker.",
    "Do the MRI, since the pacemaker is MR-conditional.",
  ],
  ["named-emergency", "She is hemodynamically unstable.", "She is stable."],
  ["vessel-emergency", "Acute aortic dissection", "Aortic stenosis"],
  ["airway-and-chest-emergency", "Tension pneumothorax", "Small pneumothorax"],
  ["brain-emergency", "Bacterial meningitis", "Migraine"],
  ["abdominal-and-pelvic-emergency", "Testicular torsion", "Hydrocele"],
  ["systemic-emergency", "Septic shock", "Cellulitis"],
  ["word-of-certainty", "It is definitely a nodule.", "No test definitively shows it."],
  ["certainty-in-percent", "I am 100% sure.", "The test is 100% specific, and is not 100% accurate."],
  ["no-other-possibility", "It can only be a sarcoma.", "It can only be confirmed by biopsy."],
];

describe("the shipped safety checklist", () => {
  it("has an example here for each of its items", () => {
    expect(shippedSafetyChecklist.items.map(({ id }) => id)).toEqual(sentences.map(([id]) => id));
  });

  it.each(sentences)("%s sees %j and not %j", (id, seen, unseen) => {
    const { pattern, unless } = shippedSafetyChecklist.items.find((one) => one.id === id)!;
    const sees = (text: string) => pattern.test(text) && unless?.test(text) !== true;
    expect(sees(seen)).toBe(true);
    expect(sees(unseen)).toBe(false);
  });

  it("takes linear time for a sentence as long as is looked at", () => {
    for (const unit of [
      "stop taking all your ",
      "no need to see a ",
      "give aspirin ",
      "take 5 g ",
      "100 % ",
    ]) {
      const text = unit.repeat(600 / unit.length);
      const began = performance.now();
      for (const { pattern, unless } of shippedSafetyChecklist.items)
        [pattern, unless].map((one) => one?.test(text));
      expect(performance.now() - began).toBeLessThan(200);
    }
  });
});

import { expect, it } from "vitest";
import { asked, drawImage, readMade } from "../test-data-sets.ts";

const header = "Figure_path,Question,Answer,Choice A,Choice B,Choice C,Choice D,Answer_label";

it("reads the published CSV, whose choices are written with their label", async () => {
  const set = await readMade({
    "test.csv": `${header}\r\nPMC1_F1.jpg,"Which ""shape"", then?",Round,A:Square, B:Round ,C:Flat,D:Cannot be told,B\r\nPMC1_F2.jpg,What?,x,A:x,B:y,C:,D:,E\r\n`,
    "images/PMC1_F1.jpg": await drawImage(1),
    "images/PMC1_F2.jpg": await drawImage(2),
  });
  expect(set.format).toBe("pmc-vqa");
  expect(set.samples.map(asked)).toEqual([
    {
      sourceId: "1",
      question: 'Which "shape", then?',
      options: ["A Square", "B Round", "C Flat", "D Cannot be told"],
      gold: { type: "option", label: "B" },
      images: ["PMC1_F1.jpg"],
    },
  ]);
  expect(set.samples[0]).toMatchObject({ group: "article PMC1", sources: ["PMC1"], tags: { split: "test" } });
  expect(set.refused).toEqual([
    { sourceId: "2", code: "sample-invalid", message: "The answer E is none of the options." },
  ]);
});

it("reads version 2, whose answer is the label and whose split is a field", async () => {
  const set = await readMade({
    "rows.csv":
      "index,Figure_path,Caption,Question,Choice A,Choice B,Choice C,Choice D,Answer,split\n0,PMC2_1.jpg,Caption,Which?, A: one, B: two, C: three, D: four,C,test\n",
    "figures/PMC2_1.jpg": await drawImage(1),
  });
  expect(set.samples[0]).toMatchObject({ gold: { label: "C" }, tags: { split: "test" } });
});

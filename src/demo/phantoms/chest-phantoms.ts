import type { Label } from "#contracts";
import { createRandom } from "#statistics";
import { between, pick, type Random } from "./chance.ts";
import { cardiothoracicRatio, drawAnatomy, type Side } from "./chest-anatomy.ts";
import type { ChestFinding, Lobe } from "./chest-findings.ts";
import { drawChest } from "./chest-image.ts";
import { individualOf, numbered, type Phantom } from "./phantom.ts";

const chestFindings = [
  "Consolidation",
  "Pleural effusion",
  "Pneumothorax",
  "Cardiomegaly",
  "Lung nodule",
] as const;
export const chestClasses = ["No finding", ...chestFindings] as const;
export type ChestClass = (typeof chestClasses)[number];

export const imagesPerChestClass = 12;
const patientsWithTwoImages = 4;
const patientsPerClass = individualOf(imagesPerChestClass - 1, patientsWithTwoImages) + 1;
const lobes: readonly Lobe[] = ["right upper", "left lower", "right middle", "right lower", "left upper"];

type Findings = { finding: ChestFinding; text: string; uncertain?: (typeof chestFindings)[number] };

/** The finding of a patient; `variant` counts the patients of the class, so that sides and lobes are evenly spread. */
function findingsOf(kind: ChestClass, variant: number, random: Random): Findings {
  const side: Side = variant % 2 === 0 ? "right" : "left";
  const other: Side = side === "right" ? "left" : "right";
  switch (kind) {
    case "No finding":
      return {
        finding: { type: "none" },
        text: "both lungs are clear, the costophrenic angles are sharp and the heart is of normal size. No finding.",
      };
    case "Consolidation": {
      const lobe = lobes[variant % lobes.length]!;
      const lower = lobe.endsWith("lower");
      const text = `an ill-defined opacity with air bronchograms in the ${lobe} lobe, a consolidation.`;
      if (!lower) return { finding: { type: "consolidation", lobe }, text };
      return {
        finding: { type: "consolidation", lobe },
        text: `${text} It lies next to the costophrenic angle, so that a small pleural effusion stays uncertain.`,
        uncertain: "Pleural effusion",
      };
    }
    case "Pleural effusion": {
      const height = between(random, [85, 165]);
      const text = `a homogeneous opacity with a meniscus hides the ${side} costophrenic angle, a pleural effusion.`;
      if (height < 130) return { finding: { type: "effusion", side, height }, text };
      return {
        finding: { type: "effusion", side, height },
        text: `${text} It is so large that a consolidation of the lung beneath stays uncertain.`,
        uncertain: "Consolidation",
      };
    }
    case "Pneumothorax":
      return {
        finding: { type: "pneumothorax", side, gap: between(random, [40, 62]) },
        text: `a thin pleural line on the ${side} with no lung markings beyond it, a pneumothorax. The ${other} lung is expanded.`,
      };
    case "Cardiomegaly":
      return {
        finding: { type: "none" },
        text: "the lungs are clear. The heart is enlarged, a cardiomegaly",
      };
    case "Lung nodule": {
      const diameter = between(random, [18, 29]);
      const height = random();
      const zone = ["lower", "middle", "upper"][Math.floor(height * 3)];
      const text = `a round, well-defined opacity about ${Math.round(diameter)} mm wide in the ${zone} zone of the ${side} lung, a lung nodule.`;
      return { finding: { type: "nodule", side, diameter, height }, text: `${text} No pleural fluid.` };
    }
  }
}

function labelsOf(kind: ChestClass, uncertain?: string): Label[] {
  const first: Label[] = [{ name: kind, status: "present" }];
  const others = chestFindings.filter((name) => name !== kind);
  return [
    ...first,
    ...others.map((name): Label => ({ name, status: name === uncertain ? "uncertain" : "absent" })),
  ];
}

/** A chest phantom. The patient's number decides anatomy and finding, the image's number position, exposure and noise. */
export function chestPhantom(options: {
  kind: ChestClass;
  variant: number;
  patient: number;
  image: number;
}): Phantom {
  const { kind, variant, patient, image } = options;
  const random = createRandom(1000 + patient);
  const enlarged = kind === "Cardiomegaly";
  const anatomy = drawAnatomy(random, between(random, enlarged ? [0.57, 0.68] : [0.41, 0.47]));
  const { finding, text, uncertain } = findingsOf(kind, variant, random);
  const ratio = cardiothoracicRatio(anatomy).toFixed(2);
  const opening = pick(random, ["Synthetic phantom", "Synthetic phantom, frontal view"]);
  return {
    id: numbered("phantom-chest", image, 3),
    patientId: numbered("phantom-patient", patient, 2),
    labels: labelsOf(kind, uncertain),
    text: `${opening}: ${text}${enlarged ? ` with a cardiothoracic ratio of ${ratio}.` : ""}`,
    draw: () => drawChest({ anatomy, finding, random: createRandom(50_000 + image) }),
  };
}

/** Chest phantoms of the library, the classes in turn. Four patients of each class have two images. */
export function chestPhantoms(): Phantom[] {
  return Array.from({ length: imagesPerChestClass * chestClasses.length }, (_, index) => {
    const order = index % chestClasses.length;
    const variant = individualOf(Math.floor(index / chestClasses.length), patientsWithTwoImages);
    const patient = variant * chestClasses.length + order + 1;
    return chestPhantom({ kind: chestClasses[order]!, variant, patient, image: index + 1 });
  });
}

/** The first patient number that no library image has. */
export const firstFreePatient = patientsPerClass * chestClasses.length + 1;

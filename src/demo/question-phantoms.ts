import {
  chestClasses,
  chestPhantom,
  firstFreePatient,
  imagesPerChestClass,
} from "./phantoms/chest-phantoms.ts";
import type { Phantom } from "./phantoms/phantom.ts";
import {
  firstFreeSlide,
  imagesPerTissueClass,
  tissueClasses,
  tissuePhantom,
} from "./phantoms/tissue-phantoms.ts";

const chestImages = imagesPerChestClass * chestClasses.length;
const tissueImages = imagesPerTissueClass * tissueClasses.length;

/**
 * The images that the demo asks about, by file name. Their patients and slide are not in the library. They were chosen so that
 * the built-in reader answers: the demo shows how a round looks, not how often it is right.
 */
export const questionPhantoms = {
  "question-1.png": chestPhantom({
    kind: "Pleural effusion",
    variant: 0,
    patient: firstFreePatient + 2,
    image: chestImages + 3,
  }),
  "question-2.png": chestPhantom({
    kind: "Pneumothorax",
    variant: 0,
    patient: firstFreePatient + 6,
    image: chestImages + 7,
  }),
  "question-3.png": tissuePhantom({
    kind: "Squamous cell carcinoma",
    slide: firstFreeSlide,
    image: tissueImages + 1,
  }),
} as const satisfies Record<string, Phantom>;

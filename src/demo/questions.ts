import type { Option } from "#contracts";
import { questionPhantoms } from "./question-phantoms.ts";

/** A question that the demo asks. `image` is the name of a file in the folder of questions. */
export type DemoQuestion = {
  title: string;
  text: string;
  image?: string;
  options?: readonly Option[];
  patientId?: string;
  slideId?: string;
};

/** The image's name with the patient or slide it comes from. */
function about(image: keyof typeof questionPhantoms): Pick<DemoQuestion, "image" | "patientId" | "slideId"> {
  const { patientId, slideId } = questionPhantoms[image];
  return { image, ...(patientId && { patientId }), ...(slideId && { slideId }) };
}

/** Two questions on chest images, one on tissue, one on text alone. */
export const demoQuestions: readonly DemoQuestion[] = [
  {
    title: "A chest image, an open question",
    text: "What is the main finding, and what supports it?",
    ...about("question-1.png"),
  },
  {
    title: "A chest image with options",
    text: "Which finding does this frontal chest X-ray show?",
    ...about("question-2.png"),
    options: [
      { label: "A", text: "Consolidation" },
      { label: "B", text: "Pleural effusion" },
      { label: "C", text: "Pneumothorax" },
      { label: "D", text: "No finding" },
    ],
  },
  {
    title: "A tissue tile with options",
    text: "Which diagnosis fits this tile stained with hematoxylin and eosin?",
    ...about("question-3.png"),
    options: [
      { label: "A", text: "Normal squamous mucosa" },
      { label: "B", text: "Squamous cell carcinoma" },
      { label: "C", text: "Chronic inflammation" },
      { label: "D", text: "Steatosis" },
    ],
  },
  {
    title: "A question on text alone",
    text: "How much pleural fluid can hide on an upright frontal chest X-ray?",
  },
];

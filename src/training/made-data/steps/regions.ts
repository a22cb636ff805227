import { terms } from "#text";

/** What a step may look at: how the step is called, and words that tell that a sentence is about it. */
const regions: readonly { title: string; words: string }[] = [
  {
    title: "Check tubes, lines and devices",
    words:
      "tube tubes catheter line lines pacemaker lead leads wire wires sternotomy clip clips device port picc stent prosthesis valve hardware electrode",
  },
  {
    title: "Assess the pleura",
    words: "pleura pleural effusion effusions pneumothorax pneumothoraces costophrenic",
  },
  {
    title: "Assess the heart and mediastinum",
    words:
      "heart cardiac cardiomediastinal mediastinum mediastinal cardiomegaly aorta aortic hilum hila hilar trachea tracheal silhouette pericardial",
  },
  {
    title: "Assess the lungs",
    words:
      "lung lungs pulmonary airspace opacity opacities consolidation consolidations infiltrate infiltrates nodule nodules mass atelectasis atelectatic interstitial lobe granuloma granulomas pneumonia edema emphysema hyperinflation hyperinflated vascularity scarring bronchial",
  },
  {
    title: "Assess the bones and soft tissues",
    words:
      "bone bones bony osseous rib ribs spine spinal vertebra vertebral vertebrae degenerative fracture fractures skeletal scoliosis kyphosis osteophytes shoulder clavicle thorax tissue tissues",
  },
  {
    title: "Assess the diaphragm and abdomen",
    words:
      "diaphragm diaphragms hemidiaphragm hemidiaphragms abdomen abdominal bowel stomach gastric hernia subdiaphragmatic",
  },
];

const indexed = regions.map(({ title, words }) => ({ title, words: new Set(terms(words)) }));
const other = "Note a further finding";

/** How a step is called that says a sentence: by the region with most of its words, the first of several. */
export function titleOf(sentence: string): string {
  const said = terms(sentence);
  const counts = indexed.map(({ title, words }) => ({
    title,
    count: said.filter((term) => words.has(term)).length,
  }));
  const best = counts.reduce((most, one) => (one.count > most.count ? one : most), {
    title: other,
    count: 0,
  });
  return best.title;
}

const actions =
  "assess examine check evaluate look inspect compare consider identify note describe review determine integrate summarize observe image view radiograph chest xray finding overall technique quality structure contour size field zone abnormality";

/** Words that a title may have whatever the report says. */
export const freeTitleTerms: ReadonlySet<string> = new Set([
  ...terms(actions),
  ...indexed.flatMap(({ title }) => terms(title)),
]);

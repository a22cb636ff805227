import type { DataSet } from "../dicom/data-set.ts";
import { tags } from "../dicom/tags.ts";
import { readItems, readText, readTexts } from "../dicom/values.ts";

/** How a radiograph looks at the body. */
export type View = {
  /** A defined term of View Position (PS3.3 C.8.1.2), or FRONTAL or LATERAL where no more is known. */
  position: string;
  plane: "frontal" | "lateral" | "oblique" | "decubitus";
};

const viewCodes = 0x00540220;
const projectionCodes = 0x00185104;
const codeMeaning = 0x00080104;
/** Acquisition device processing, series and protocol: where devices write it in words. */
const descriptions = [0x00181400, 0x0008103e, 0x00181030];

/** Modalities that project: elsewhere View Position means something else. */
const radiographs = new Set(["CR", "DX", "RF", "XA", "RG", "PX", "OT", "SC"]);

const known: Record<string, View["plane"]> = {
  PA: "frontal",
  AP: "frontal",
  LL: "lateral",
  RL: "lateral",
  LLO: "oblique",
  RLO: "oblique",
  LLD: "decubitus",
  RLD: "decubitus",
};

/** Words in the order in which they are looked for: a decubitus view is also frontal, and says more. */
const words: [RegExp, View][] = [
  [/\b(?:decub\w*|ldecub|rdecub)\b/, { position: "DECUB", plane: "decubitus" }],
  [/\b(?:obl|oblique)\b/, { position: "OBLIQUE", plane: "oblique" }],
  [/\b(?:left (?:lateral|lat)|l lat|llat|ll)\b/, { position: "LL", plane: "lateral" }],
  [/\b(?:right (?:lateral|lat)|r lat|rlat|rl)\b/, { position: "RL", plane: "lateral" }],
  [/\b(?:lateral|lat)\b/, { position: "LATERAL", plane: "lateral" }],
  [/\b(?:pa|p a|postero ?anterior|posterior anterior)\b/, { position: "PA", plane: "frontal" }],
  [/\b(?:ap|a p|antero ?posterior|anterior posterior)\b/, { position: "AP", plane: "frontal" }],
  [/\b(?:frontal)\b/, { position: "FRONTAL", plane: "frontal" }],
];

/**
 * The view of a radiograph: by View Position, else by its view and projection codes, else by words in the descriptions of
 * series and protocol. Undefined for other modalities and where nothing, or more than one plane, is named.
 */
export function readView(dataSet: DataSet): View | undefined {
  if (!radiographs.has(readText(dataSet, tags.modality) ?? "OT")) return undefined;
  const stated = readText(dataSet, tags.viewPosition)?.toUpperCase();
  const plane = stated === undefined ? undefined : known[stated];
  if (stated !== undefined && plane) return { position: stated, plane };
  const codes = [viewCodes, projectionCodes].flatMap((tag) => readItems(dataSet, tag));
  const texts = [
    stated ?? "",
    codes.map((code) => readText(code, codeMeaning) ?? "").join(" "),
    ...descriptions.map((tag) => readTexts(dataSet, tag).join(" ")),
  ];
  for (const text of texts) {
    const view = viewInWords(text);
    if (view) return view;
  }
  return undefined;
}

/** The view that a text names; undefined where it names none, or several planes as in "PA and lateral". */
export function viewInWords(text: string): View | undefined {
  const plain = text.toLowerCase().replace(/[^a-z]+/g, " ");
  const named = words.filter(([pattern]) => pattern.test(plain)).map(([, view]) => view);
  const [first, ...others] = named;
  if (!first) return undefined;
  if (first.plane === "decubitus" || first.plane === "oblique") return first;
  if (others.some(({ plane }) => plane !== first.plane)) return undefined;
  const isEither = others.some(({ position }) => position === "AP") && first.position === "PA";
  return isEither ? { position: "FRONTAL", plane: "frontal" } : first;
}

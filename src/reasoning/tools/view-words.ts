import { z } from "zod";
import { type ImageView, imageViewSchema } from "#contracts";
import { neutralizeLine } from "../guards/neutralize.ts";

/** Windows of computed tomography by name, in Hounsfield units (Radiopaedia, Windowing (CT)). */
const windows = {
  lung: { center: -600, width: 1500 },
  mediastinum: { center: 50, width: 350 },
  "soft-tissue": { center: 50, width: 400 },
  liver: { center: 30, width: 150 },
  brain: { center: 40, width: 80 },
  bone: { center: 400, width: 1800 },
} as const;
const windowName = z.enum(Object.keys(windows) as [keyof typeof windows, ...(keyof typeof windows)[]]);

/** What a model may ask for. */
export const viewRequestSchema = imageViewSchema.omit({ caseId: true, window: true }).extend({
  image: z.int().min(1).describe("Number of the image, from 1; new ones go on counting."),
  window: z
    .union([imageViewSchema.shape.window.unwrap(), windowName.transform((name) => windows[name])])
    .optional()
    .describe(`For DICOM: center and width, or one of ${Object.keys(windows).join(", ")}.`),
  case: z.int().min(1).optional().describe("Evidence number of a case to show beside it."),
});
export type ViewRequest = z.infer<typeof viewRequestSchema>;

/** A request in words, as “image 1, box 0.1 0.2 0.3 0.4, side 800, window -600 1500, inverted, beside case [3]”. */
export function writeView({ image, case: beside, ...view }: ViewRequest): string {
  return [...sayView(image, view), ...(beside === undefined ? [] : [`beside case [${beside}]`])].join(", ");
}

/** What stands in the transcript for an image that was made, in place of evidence. */
export function sayDerived(made: {
  number: number;
  from: number;
  view: ImageView;
  width: number;
  height: number;
}): string {
  const { number, from, view, width, height } = made;
  const beside = view.caseId === undefined ? [] : [`beside case ${neutralizeLine(view.caseId)}`];
  const done = [...sayView(from, view), ...beside].join(", ");
  return `Image ${number}, ${width} × ${height} pixels: ${done}.`;
}

function sayView(image: number, { box, side, window, invert }: Omit<ImageView, "caseId">): string[] {
  return [
    `image ${image}`,
    ...(box ? [`box ${box.x} ${box.y} ${box.width} ${box.height}`] : []),
    ...(side === undefined ? [] : [`side ${side}`]),
    ...(window ? [`window ${window.center} ${window.width}`] : []),
    ...(invert ? ["inverted"] : []),
  ];
}

/** Reads such words; undefined where they are others. */
export function readView(words: string): ViewRequest | undefined {
  const request: Record<string, unknown> = {};
  for (const part of words.split(",")) {
    const [name = "", ...values] = part.trim().toLowerCase().replaceAll(/[[\]]/g, "").split(/\s+/);
    const [x, y, width, height] = values.map(Number);
    if (name === "image" || name === "side") request[name] = x;
    else if (name === "box") request.box = { x, y, width, height };
    else if (name === "window") request.window = values.length === 1 ? values[0] : { center: x, width: y };
    else if (name === "inverted") request.invert = true;
    else if (name === "beside" || name === "case") request.case = Number(values.at(-1));
    else return undefined;
  }
  return viewRequestSchema.safeParse(request).data;
}

import { fitted, type LinkedView, panBy, zoomAt } from "./linked-view.ts";

/** How two images are looked at. `shown` is the one on the left, or the only one where both lie in one place. */
export type CompareState = {
  view: LinkedView;
  layout: "beside" | "one-place";
  shown: "question" | "case";
  hasMap: boolean;
};

export const atFirst: CompareState = { view: fitted, layout: "beside", shown: "question", hasMap: false };

export type CompareAction = "blink" | "swap" | "layout" | "map" | "fit" | "larger" | "smaller" | Pan;
type Pan = "pan-left" | "pan-right" | "pan-up" | "pan-down";

const panStep = 0.1;
const zoomStep = 1.4;

/** What a key does; those of the reading workstations where there is one (OHIF: +, −, =). */
export const compareKeys: Readonly<Record<string, CompareAction>> = {
  b: "blink",
  s: "swap",
  v: "layout",
  m: "map",
  "+": "larger",
  "-": "smaller",
  "=": "fit",
  "0": "fit",
  ArrowLeft: "pan-left",
  ArrowRight: "pan-right",
  ArrowUp: "pan-up",
  ArrowDown: "pan-down",
};

export function act(state: CompareState, action: CompareAction): CompareState {
  const { view, layout, shown } = state;
  const other = shown === "question" ? "case" : "question";
  switch (action) {
    // The first blink puts both in one place and shows the other one than the eye was on last, the question.
    case "blink":
      return layout === "beside"
        ? { ...state, layout: "one-place", shown: "case" }
        : { ...state, shown: other };
    case "swap":
      return { ...state, shown: other };
    case "layout":
      return { ...state, layout: layout === "beside" ? "one-place" : "beside", shown: "question" };
    case "map":
      return { ...state, hasMap: !state.hasMap };
    case "fit":
      return { ...state, view: fitted };
    case "larger":
      return { ...state, view: zoomAt(view, zoomStep) };
    case "smaller":
      return { ...state, view: zoomAt(view, 1 / zoomStep) };
    case "pan-left":
      return { ...state, view: panBy(view, { x: panStep, y: 0 }) };
    case "pan-right":
      return { ...state, view: panBy(view, { x: -panStep, y: 0 }) };
    case "pan-up":
      return { ...state, view: panBy(view, { x: 0, y: panStep }) };
    case "pan-down":
      return { ...state, view: panBy(view, { x: 0, y: -panStep }) };
  }
}

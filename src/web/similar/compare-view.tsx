import type { Box, Case, Comparison } from "#contracts";
import { caseImageAddress, roundImageAddress } from "../api.ts";
import { firstLabel } from "../evidence/first-label.ts";
import { shorten } from "../plain-text.ts";
import type { CompareAction, CompareState } from "./compare-state.ts";
import { boxStyle } from "./fitted-image.tsx";
import { HeatMap } from "./heat-map.tsx";
import { LinkedPane } from "./linked-pane.tsx";
import type { LinkedView } from "./linked-view.ts";
import type { QueryImage } from "./similar-query.ts";

export function addressOf(image: QueryImage): string {
  return image.type === "case"
    ? caseImageAddress(image.case, "full")
    : roundImageAddress(image.id, image.image);
}

export function nameImage(image: QueryImage): string {
  return image.type === "case" ? `Case ${shorten(image.case.id, 60)}` : shorten(image.name, 60);
}

/** The image that is asked about and a case, beside one another or in one place, the same part of both. */
export function CompareView(props: {
  image: QueryImage;
  /** The part of the image that was searched with. */
  box: Box | null;
  found: Case;
  comparison: Comparison | null;
  state: CompareState;
  onView: (change: (view: LinkedView) => LinkedView) => void;
}) {
  const { image, box, found, comparison, state, onView } = props;
  const { view, layout, shown, hasMap } = state;
  const panes = {
    question: (
      <LinkedPane
        key="question"
        address={addressOf(image)}
        alt={`The image that is asked about: ${nameImage(image)}`}
        caption={image.type === "case" ? nameImage(image) : `Question · ${nameImage(image)}`}
        view={view}
        onView={onView}
      >
        {box && <div className="asked-box" style={boxStyle(box)} />}
        {hasMap && comparison && (
          <HeatMap map={comparison.query} boxes={comparison.pairs.map(({ from }) => from)} />
        )}
      </LinkedPane>
    ),
    case: (
      <LinkedPane
        key="case"
        address={caseImageAddress(found, "full")}
        alt={`The case: ${firstLabel(found)}`}
        caption={`Case · ${firstLabel(found)}`}
        view={view}
        onView={onView}
      >
        {hasMap && comparison && (
          <HeatMap map={comparison.found} boxes={comparison.pairs.map(({ to }) => to)} />
        )}
      </LinkedPane>
    ),
  };
  const order = shown === "question" ? (["question", "case"] as const) : (["case", "question"] as const);
  return (
    <div className="compare-images" data-layout={layout}>
      {/* In one place both stay there, so that neither has to be drawn anew when they blink. */}
      {order.map((name, index) => (
        <div key={name} className="compare-place" data-front={index === 0}>
          {panes[name]}
        </div>
      ))}
    </div>
  );
}

/** What can be done with two images, each with its key. */
export function CompareActions({
  state,
  hasMatches,
  onAction,
}: {
  state: CompareState;
  /** Whether it is known where they match. */
  hasMatches: boolean;
  onAction: (action: CompareAction) => void;
}) {
  const { layout, view, hasMap } = state;
  const isBeside = layout === "beside";
  return (
    <div className="compare-actions" role="toolbar" aria-label="Look at both images">
      <Action
        name="Where they match"
        letter="M"
        isOn={hasMap}
        isOff={!hasMatches}
        onAct={() => onAction("map")}
      />
      <Action name="Blink" letter="B" isOn={!isBeside} onAct={() => onAction("blink")} />
      {isBeside ? (
        <Action name="Swap" letter="S" onAct={() => onAction("swap")} />
      ) : (
        <Action name="Side by side" letter="V" onAct={() => onAction("layout")} />
      )}
      <Action name="Smaller" letter="−" isOff={view.scale === 1} onAct={() => onAction("smaller")} />
      <Action name="Larger" letter="+" onAct={() => onAction("larger")} />
      <Action name="Fit" letter="0" isOff={view.scale === 1} onAct={() => onAction("fit")} />
    </div>
  );
}

function Action(props: { name: string; letter: string; isOn?: boolean; isOff?: boolean; onAct: () => void }) {
  const { name, letter, isOn, isOff = false, onAct } = props;
  return (
    <button
      type="button"
      className="quiet"
      aria-pressed={isOn}
      aria-disabled={isOff}
      onClick={() => !isOff && onAct()}
    >
      {name} <kbd>{letter}</kbd>
    </button>
  );
}

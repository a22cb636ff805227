import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Box } from "#contracts";
import { boxStyle, FittedImage } from "./fitted-image.tsx";
import { boxAfterKey, boxBetween, middleBox } from "./region.ts";

type Drawing = { from: { x: number; y: number }; box: Box | null };

/** The image that is asked about. A box drawn on it, or moved by keys, asks about that part alone. */
export function RegionPicker(props: {
  address: string;
  alt: string;
  box: Box | null;
  onBox: (box: Box | null) => void;
}) {
  const { address, alt, box, onBox } = props;
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const shown = drawing ? drawing.box : box;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    // A finger scrolls, unless a region was asked for.
    if (event.button !== 0 || !event.isPrimary || (event.pointerType === "touch" && !box)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawing({ from: placeIn(event), box: null });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (drawing) setDrawing({ ...drawing, box: boxBetween(drawing.from, placeIn(event)) });
  };
  const onPointerUp = () => {
    if (drawing?.box) onBox(drawing.box);
    setDrawing(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = box && boxAfterKey(box, event.key, { sizes: event.shiftKey });
    if (next) onBox(next);
    else if (event.key === "Delete" || event.key === "Backspace") onBox(null);
    else return;
    event.preventDefault();
  };
  const choose = () => {
    onBox(middleBox);
    // Once the handle is there.
    requestAnimationFrame(() => handle.current?.focus());
  };
  return (
    <>
      <div className="picker">
        <FittedImage address={address} alt={alt}>
          <div
            className="picker-surface"
            data-drawing={box !== null}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => setDrawing(null)}
          />
          {shown && (
            <button
              ref={handle}
              type="button"
              className="picker-box"
              style={boxStyle(shown)}
              aria-label="Region: arrow keys move it, with Shift they size it, Delete asks about the whole image"
              onKeyDown={onKeyDown}
            />
          )}
        </FittedImage>
      </div>
      <p className="picker-actions">
        {box ? (
          <button type="button" className="quiet" onClick={() => onBox(null)}>
            Whole image
          </button>
        ) : (
          <button type="button" className="quiet" onClick={choose}>
            Choose a region
          </button>
        )}
        <span className="remark">
          {box ? "Cases like this region." : "Or draw a box on the image to find cases like that region."}
        </span>
      </p>
    </>
  );
}

/** Where a pointer is, in shares of the element. */
function placeIn({ currentTarget, clientX, clientY }: PointerEvent): { x: number; y: number } {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

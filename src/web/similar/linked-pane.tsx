import { type PointerEvent, type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { FittedImage } from "./fitted-image.tsx";
import { type LinkedView, panBy, transformOf, zoomAt } from "./linked-view.ts";

/** An image that is zoomed by the wheel at the pointer, and moved by dragging, together with those that share its view. */
export function LinkedPane(props: {
  address: string;
  alt: string;
  caption: string;
  view: LinkedView;
  onView: (change: (view: LinkedView) => LinkedView) => void;
  children?: ReactNode;
}) {
  const { address, alt, caption, view, onView, children } = props;
  const pane = useRef<HTMLDivElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const zoom = useEffectEvent((event: WheelEvent) => {
    const place = pane.current?.getBoundingClientRect();
    if (!place) return;
    event.preventDefault();
    const point = {
      x: (event.clientX - place.left) / place.width,
      y: (event.clientY - place.top) / place.height,
    };
    onView((now) => zoomAt(now, Math.exp(-event.deltaY / 400), point));
  });
  useEffect(() => {
    const element = pane.current;
    // React listens to the wheel passively, and the page would scroll.
    element?.addEventListener("wheel", zoom, { passive: false });
    return () => element?.removeEventListener("wheel", zoom);
  }, []);
  const move = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const from = last.current;
    if (!from) return;
    last.current = { x: clientX, y: clientY };
    const { clientWidth, clientHeight } = currentTarget;
    onView((now) =>
      panBy(now, { x: (clientX - from.x) / clientWidth, y: (clientY - from.y) / clientHeight }),
    );
  };
  return (
    <figure className="linked">
      <div
        ref={pane}
        className="linked-pane"
        data-zoomed={view.scale > 1}
        onPointerDown={(event) => {
          if (event.button !== 0 || view.scale === 1) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          last.current = null;
        }}
        onPointerCancel={() => {
          last.current = null;
        }}
      >
        <div className="linked-layer" style={{ transform: transformOf(view) }}>
          <FittedImage address={address} alt={alt}>
            {children}
          </FittedImage>
        </div>
      </div>
      <figcaption className="corner bottom-left">{caption}</figcaption>
    </figure>
  );
}

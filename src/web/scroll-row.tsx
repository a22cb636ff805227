import { type ReactNode, useEffect, useRef, useState } from "react";

/** A row of list items that scrolls sideways, with buttons for it where it is wider than its place. */
export function ScrollRow({ children }: { children: ReactNode }) {
  const row = useRef<HTMLUListElement>(null);
  const [hidden, setHidden] = useState({ before: false, after: false });
  // After each render, since each may have brought items.
  useEffect(() => {
    const scrolled = row.current;
    if (!scrolled) return;
    const look = () => {
      const { scrollLeft, clientWidth, scrollWidth } = scrolled;
      const before = scrollLeft > 1;
      const after = scrollLeft + clientWidth < scrollWidth - 1;
      setHidden((now) => (now.before === before && now.after === after ? now : { before, after }));
    };
    const resize = new ResizeObserver(look);
    resize.observe(scrolled);
    scrolled.addEventListener("scroll", look, { passive: true });
    return () => {
      resize.disconnect();
      scrolled.removeEventListener("scroll", look);
    };
  });
  const scroll = (direction: 1 | -1) => {
    row.current?.scrollBy({ left: direction * row.current.clientWidth * 0.8 });
  };
  return (
    <div className="scroll-row">
      <ul className="cases" ref={row}>
        {children}
      </ul>
      {(hidden.before || hidden.after) && (
        <div className="scroll-buttons">
          <button type="button" className="quiet" aria-disabled={!hidden.before} onClick={() => scroll(-1)}>
            Back
          </button>
          <button type="button" className="quiet" aria-disabled={!hidden.after} onClick={() => scroll(1)}>
            More
          </button>
        </div>
      )}
    </div>
  );
}

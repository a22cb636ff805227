import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearEnd = 40;

/** Milliseconds in which what was there before is read; a list of the past is shown from its start. */
const replay = 1000;

/**
 * Keeps a scrolled element at its end while it grows with what happens now, as long as the reader is there; never moves it
 * otherwise.
 */
export function useFollowEnd(version: number, isGrowing: boolean): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const [began] = useState(() => performance.now());
  const isAtEnd = useRef(true);
  useEffect(() => {
    const scrolled = element.current;
    if (!scrolled) return;
    const look = () => {
      isAtEnd.current = scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight < nearEnd;
    };
    scrolled.addEventListener("scroll", look, { passive: true });
    return () => scrolled.removeEventListener("scroll", look);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version may have grown.
  useLayoutEffect(() => {
    const scrolled = element.current;
    if (!isGrowing || performance.now() - began < replay) return;
    if (scrolled && isAtEnd.current) scrolled.scrollTop = scrolled.scrollHeight;
  }, [version]);
  return element;
}

import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

const nearEnd = 40;

/** Keeps a scrolled element at its end while it grows, as long as the reader is there; never moves it otherwise. */
export function useFollowEnd(version: number): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
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
    if (scrolled && isAtEnd.current) scrolled.scrollTop = scrolled.scrollHeight;
  }, [version]);
  return element;
}

/**
 * Where the focus goes when the button that had it is gone. On a touch screen the question box would open a keyboard over the
 * page; there the page's main part takes it.
 */
export function focusQuestion(): void {
  if (matchMedia("(pointer: coarse)").matches) focusMain();
  else document.getElementById("question")?.focus({ preventScroll: true });
}

/** The main part of the page, from its top. */
export function focusMain(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

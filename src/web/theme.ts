import { useSyncExternalStore } from "react";

export type Theme = "dark" | "light";

const key = "medrounds-theme";
const system = matchMedia("(prefers-color-scheme: light)");
const listeners = new Set<() => void>();

/** The theme shown: the reader's choice, else what the system prefers. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  chosen = theme;
  showTheme();
  for (const listener of listeners) listener();
}

/** Puts the theme on the page. */
export function showTheme(): void {
  document.documentElement.dataset.theme = readTheme();
}

let chosen: string | null = readStored();

function readStored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function readTheme(): Theme {
  if (chosen === "dark" || chosen === "light") return chosen;
  return system.matches ? "light" : "dark";
}

function subscribe(onChange: () => void): () => void {
  const update = () => {
    showTheme();
    onChange();
  };
  listeners.add(onChange);
  system.addEventListener("change", update);
  return () => {
    listeners.delete(onChange);
    system.removeEventListener("change", update);
  };
}

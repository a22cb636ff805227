import { useSyncExternalStore } from "react";

const prefix = "#/rounds/";

/** The round that the page's address names (`#/rounds/<id>`), null without one. */
export function useRoundAddress(): string | null {
  return useSyncExternalStore(subscribe, readRoundAddress);
}

export function goToRound(id: string | null): void {
  location.hash = id === null ? "#/" : roundLink(id);
}

export function roundLink(id: string): string {
  return `${prefix}${encodeURIComponent(id)}`;
}

function readRoundAddress(): string | null {
  const { hash } = location;
  if (!hash.startsWith(prefix)) return null;
  const id = hash.slice(prefix.length);
  return /^[0-9a-zA-Z-]{1,64}$/.test(id) ? id : null;
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

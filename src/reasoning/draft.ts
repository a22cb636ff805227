import type { RoundEvent } from "#contracts";

/** An event without what every event carries. */
export type Draft<Event = RoundEvent> = Event extends RoundEvent
  ? Omit<Event, "roundId" | "sequence" | "at">
  : never;

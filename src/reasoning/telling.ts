import type { RoundEvent } from "#contracts";

type DataSent = Extract<RoundEvent, { type: "data-sent" }>;

/** What is about to be sent to a server. */
export type Sent = Pick<DataSent, "host" | "loopback" | "images" | "characters">;

/** Resolves once whoever reads the round has been told, so that nothing leaves before; never where they stopped reading. */
export type TellSent = (sent: Sent) => Promise<void>;

/** What tools send while they run, as a part of the round's events. */
export function createTelling(): {
  tell: TellSent;
  /** What is told until the work has settled. Never rejects; the work's own failure is the caller's. */
  until(work: Promise<unknown>): AsyncGenerator<Sent & { type: "data-sent" }, void>;
} {
  const waiting: { sent: Sent; told: () => void }[] = [];
  let wake = () => {};
  return {
    tell: (sent) =>
      new Promise((told) => {
        waiting.push({ sent, told });
        wake();
      }),
    async *until(work) {
      let isOver = false;
      const end = () => {
        isOver = true;
        wake();
      };
      work.then(end, end);
      for (;;) {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          yield { type: "data-sent", ...next.sent };
          next.told();
        }
        if (isOver) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

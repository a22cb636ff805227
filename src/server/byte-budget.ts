import { MedRoundsError } from "#contracts";

/** Memory that one request or round has been granted; disposing of it gives all of it back. */
export type Reservation = Disposable & { grow(bytes: number): void };

export type ByteBudget = { reserve(bytes?: number): Reservation };

/** Bytes that all requests and rounds share. A reservation that would exceed them throws `server-busy`. */
export function createByteBudget(limit: number): ByteBudget {
  let held = 0;
  return {
    reserve(bytes = 0) {
      let mine = 0;
      const grow = (more: number) => {
        if (held + more > limit) {
          throw new MedRoundsError("server-busy", "The server holds as many images as it can.", { limit });
        }
        held += more;
        mine += more;
      };
      grow(bytes);
      return {
        grow,
        [Symbol.dispose]() {
          held -= mine;
          mine = 0;
        },
      };
    },
  };
}

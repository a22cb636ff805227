import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A proxy on the loopback in front of a real server, by which a test disturbs the line. */
export type TcpProxy = AsyncDisposable & {
  port: number;
  /** Breaks all connections and takes no new one. */
  cut(): void;
  /** Takes connections and passes nothing on, not even their end. */
  stall(): void;
  /** Passes every piece on this many milliseconds late. */
  delay(milliseconds: number): void;
  /** Passes on as before. */
  mend(): void;
};

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "stalled" = "open";
  let lateness = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const pass = (from: Socket, to: Socket) => {
    from.on("data", (piece: Buffer) => {
      const late = lateness;
      const send = () => state === "open" && !to.destroyed && to.write(piece);
      if (late > 0) setTimeout(send, late);
      else send();
    });
    from.on("close", () => to.destroy());
  };
  const server = createServer((client) => {
    if (state === "cut") return void client.destroy();
    keep(client);
    const upstream = connect(target, "127.0.0.1");
    keep(upstream);
    pass(client, upstream);
    pass(upstream, client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    cut() {
      state = "cut";
      breakAll();
    },
    stall() {
      state = "stalled";
    },
    delay(milliseconds) {
      lateness = milliseconds;
    },
    mend() {
      // What was swallowed is lost, so that a connection that was stalled can't go on.
      if (state === "stalled") breakAll();
      state = "open";
      lateness = 0;
    },
    async [Symbol.asyncDispose]() {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
}

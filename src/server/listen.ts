import type { Server } from "node:http";
import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { MedRoundsError } from "#contracts";

/** How others reach a host; all addresses (0.0.0.0, ::) by the first that is not the loopback. */
export function reachableName(host: string): string {
  if (host !== "0.0.0.0" && host !== "::") return isIPv6(host) ? `[${host}]` : host;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = addresses.find(({ internal, family }) => !internal && family === "IPv4");
  return outer?.address ?? "127.0.0.1";
}

/** Throws `address-in-use`, and `usage-invalid` where the host is none of this machine. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const { code } = error;
      if (code === "EADDRINUSE" || code === "EACCES") {
        const why = code === "EACCES" ? "may not be used by this user" : "is in use";
        reject(new MedRoundsError("address-in-use", `Port ${port} of ${host} ${why}.`, { host, port }));
      } else if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
        reject(new MedRoundsError("usage-invalid", `${host} is no address of this machine.`, { host }));
      } else reject(error);
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

import { MedRoundsError } from "#contracts";

/** Where a library lies on a Milvus server. Collections are named `<prefix>_<collection>`. */
export type MilvusLocation = {
  /** host:port. */
  address: string;
  tls: boolean;
  database?: string;
  prefix: string;
};

const pattern = /^milvus(\+https)?:\/\/([^/?#@\s]+)\/(?:([A-Za-z]\w{0,63})\/)?([A-Za-z]\w{0,63})\/?$/;

/**
 * Reads `milvus://host:port/[database/]prefix`, with `milvus+https://` for TLS. The port is 19530 unless named. Throws
 * `store-invalid`.
 */
export function parseMilvusLocation(location: string): MilvusLocation {
  const [, tls, host = "", database, prefix = ""] = pattern.exec(location) ?? [];
  const port = /:(\d+)$/.exec(host)?.[1] ?? "19530";
  const name = host.replace(/:\d+$/, "");
  if (prefix === "" || Number(port) > 65_535 || !/^([\w.-]+|\[[\da-fA-F:.]+\])$/.test(name)) {
    throw new MedRoundsError("store-invalid", "The address of the store is not one of Milvus.", { location });
  }
  return {
    address: `${name}:${port}`,
    tls: tls !== undefined,
    ...(database ? { database } : {}),
    prefix,
  };
}

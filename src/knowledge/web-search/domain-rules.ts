import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const domain = z.string().regex(/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/);

const listSchema = z.strictObject({
  trusted: z.array(z.strictObject({ domain, name: z.string().min(1), reason: z.string().min(1) })),
  blocked: z.array(z.strictObject({ domain, reason: z.string().min(1) })),
});

/** `recipes/web`, which stands at the same depth above the source and above the build. */
const file = new URL("../../../recipes/web/trusted-domains.yaml", import.meta.url);

/** Which hosts are read, and which are trusted. */
export type DomainRules = {
  /** What search services may be told; null where any host is read. */
  trusted: readonly string[] | null;
  /** A host is judged by its own name and those above it. A blocked one is blocked even where it is trusted. */
  judge(host: string): "trusted" | "untrusted" | "blocked";
};

/** Publishers of medicine and bodies of public health that are read unless told otherwise, and hosts that never are. */
export async function readDomainList(): Promise<z.infer<typeof listSchema>> {
  return listSchema.parse(parse(await readFile(file, "utf8")));
}

/** The shipped list with what the configuration adds; `readsAny` lets other hosts in, marked as not trusted. */
export async function createDomainRules(given: {
  trusted: readonly string[];
  blocked: readonly string[];
  readsAny: boolean;
}): Promise<DomainRules & { readsAny: boolean }> {
  const list = await readDomainList();
  const trusted = [...list.trusted.map((entry) => entry.domain), ...given.trusted];
  const blocked = [...list.blocked.map((entry) => entry.domain), ...given.blocked];
  const isBelow = (host: string, names: ReadonlySet<string>) => {
    const labels = host.toLowerCase().replace(/\.$/, "").split(".");
    return labels.some((_, index) => names.has(labels.slice(index).join(".")));
  };
  const [trustedNames, blockedNames] = [new Set(trusted), new Set(blocked)];
  return {
    readsAny: given.readsAny,
    trusted: given.readsAny ? null : trusted,
    judge: (host) => {
      if (isBelow(host, blockedNames)) return "blocked";
      return isBelow(host, trustedNames) ? "trusted" : "untrusted";
    },
  };
}

/** Whether a text is the name of a domain, as the lists have them. */
export function isDomainName(text: string): boolean {
  return domain.safeParse(text).success;
}

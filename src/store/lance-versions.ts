import type * as Lance from "@lancedb/lancedb";

/** A table as it was at a version; the last one that was asked for stays open. */
export function openOldVersions(reopen: () => Promise<Lance.Table>): {
  open(version: string): Promise<Lance.Table>;
  close(): Promise<void>;
} {
  let last: { version: string; table: Promise<Lance.Table> } | undefined;
  const close = async () => {
    const closing = last;
    last = undefined;
    (await closing?.table)?.close();
  };
  return {
    async open(version) {
      if (last?.version !== version) {
        await close();
        last = { version, table: openAt(version) };
      }
      return last.table;
    },
    close,
  };

  async function openAt(version: string): Promise<Lance.Table> {
    const table = await reopen();
    await table.checkout(Number(version));
    return table;
  }
}

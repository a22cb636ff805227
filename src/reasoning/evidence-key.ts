import type { Evidence } from "#contracts";

/** Evidence before it is numbered. */
export type Unnumbered<Item = Evidence> = Item extends Evidence ? Omit<Item, "number"> : never;

/** What makes two pieces of evidence the same one: it has one number in a round. */
export function evidenceKey(item: Unnumbered): string {
  switch (item.type) {
    case "passage":
      return `passage ${item.passage.id}`;
    case "case":
      return `case ${item.case.id}`;
    case "page":
      // A page is cited by its excerpt, and another query may take another one.
      return `page ${item.page.url} ${item.page.text}`;
    case "rows":
      return `rows ${item.table.database} ${item.query}`;
  }
}

/** An element of XML or HTML, free of the library that read it. Names as they are written, with their prefix. */
export type Element = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: (Element | string)[];
};

/** The child elements of a name, in order. */
export function childrenOf(element: Element | undefined, name: string): Element[] {
  return elementsOf(element).filter((child) => child.name === name);
}

export function elementsOf(element: Element | undefined): Element[] {
  return (element?.children ?? []).filter((child) => typeof child !== "string");
}

/** The first element that a path of child names leads to. */
export function findElement(element: Element | undefined, ...path: string[]): Element | undefined {
  const [name, ...rest] = path;
  if (element === undefined || name === undefined) return element;
  for (const child of childrenOf(element, name)) {
    const found = findElement(child, ...rest);
    if (found) return found;
  }
  return undefined;
}

/** All elements of a name below an element, outermost and first ones first; not those inside one of them. */
export function descendantsOf(element: Element, name: string): Element[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : descendantsOf(child, name)));
}

/** Elements whose text is no part of the running text: marks of references, formulas as source code, pictures. */
const silent = new Set(["tex-math", "script", "style", "object-id", "label", "inline-graphic"]);

/** Elements that stand apart from the words around them, though nothing but their borders says so. */
const separate = new Set(["p", "div", "li", "list-item", "br", "break", "td", "th", "title", "tr", "item"]);

/**
 * The text of an element in one line. A superscript that is a number stays one (`10^9`, so that 10⁹ does not become 109); one that
 * points to a note or a reference is left out.
 */
export function inlineText(node: Element | string | undefined): string {
  return collapse(rawText(node));
}

/** As `inlineText`, with the whitespace as it is written. */
export function rawText(node: Element | string | undefined): string {
  if (node === undefined) return "";
  if (typeof node === "string") return node;
  if (silent.has(node.name)) return "";
  const content = node.children.map(rawText).join("");
  if (separate.has(node.name)) return ` ${content} `;
  if (node.name !== "sup") return content;
  const points = elementsOf(node).some(({ name }) => name === "xref" || name === "a");
  if (points) return "";
  return /^\s*[-+−–]?\d/.test(content) ? `^${content.trim()}` : content;
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

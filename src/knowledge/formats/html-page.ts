import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { MedRoundsError } from "#contracts";
import { collapse, type Element, inlineText } from "./markup.ts";

/** What is read of a page: its main text as elements, and what it says of itself. */
export type HtmlPage = {
  content: Element;
  title: string;
  url?: string;
  licence?: string;
  metadata: Record<string, string>;
};

/** Deepest nesting of elements: the time that Readability takes grows with the square of it, and more. */
const depthLimit = 200;
/** Share of a page's text below which what Readability found is taken for a part of the main text. */
const mainShare = 0.25;

type Page = ReturnType<typeof parseHTML>["document"];
type DomNode = {
  nodeType: number;
  localName: string;
  firstChild: DomNode | null;
  nextSibling: DomNode | null;
};
type DomElement = DomNode & {
  attributes: Iterable<{ name: string; value: string }>;
  remove(): void;
  data?: string;
};

/** A page's main text, without what is hidden in it. Throws `file-damaged` where its elements nest deeper than 200. */
export function readHtmlPage(text: string): HtmlPage {
  const document = parsePage(text);
  // From the root element on: to linkedom, nothing follows a document type.
  removeHidden(document.documentElement as unknown as DomElement);
  const body = toElement(document.documentElement);
  const url = attributeOf(document, 'link[rel="canonical"]', "href");
  const licence = attributeOf(document, 'link[rel~="license"], a[rel~="license"]', "href");
  // It changes the document that it is given.
  const article = new Readability(document, { serializer: toElement, disableJSONLD: true }).parse();
  const found = article?.content;
  const isMain = found && inlineText(found).length >= mainShare * inlineText(body).length;
  const facts = { byline: article?.byline, site: article?.siteName, published: article?.publishedTime };
  const told = Object.entries(facts).map(([name, value]) => [name, collapse(value ?? "")] as const);
  return {
    content: isMain ? found : body,
    title: collapse(article?.title || document.querySelector("title")?.textContent || ""),
    ...(/^https?:/.test(url) ? { url } : {}),
    ...(licence ? { licence } : {}),
    metadata: Object.fromEntries(told.filter(([, value]) => value !== "")),
  };
}

/** linkedom builds no `html` and `body` where a page leaves them out, as HTML allows; Readability needs both. */
function parsePage(text: string): Page {
  const { document } = parseHTML(text);
  const root = document.documentElement;
  const isWhole =
    root?.localName === "html" && [...root.children].some(({ localName }) => localName === "body");
  if (isWhole) return document;
  const bare = text.replace(/<\/?(?:html|body)\b[^>]*>|<!doctype[^>]*>/gi, "");
  return parseHTML(`<html><head></head><body>${bare}</body></html>`).document;
}

function attributeOf(document: Page, selector: string, name: string): string {
  return document.querySelector(selector)?.getAttribute(name)?.trim() ?? "";
}

const removed = new Set([
  ...["script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "nav", "dialog"],
  ...["button", "select", "textarea", "input", "datalist"],
]);
const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0*(?:\.0*)?(?=[;%\s!a-z]|$)/i;

function isHidden(element: DomElement): boolean {
  if (removed.has(element.localName)) return true;
  for (const { name, value } of element.attributes) {
    if (name === "hidden" || (name === "aria-hidden" && value === "true")) return true;
    if (name === "role" && /^(?:navigation|menu|search|banner|contentinfo)$/.test(value)) return true;
    if (name === "style" && hidingStyle.test(value)) return true;
  }
  return false;
}

/** Removes what is not shown, and measures how deep the rest is. No recursion: it is what guards the rest from deep pages. */
function removeHidden(document: DomElement): void {
  const waiting: { node: DomNode; depth: number }[] = [{ node: document, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > depthLimit) {
      throw new MedRoundsError("file-damaged", `The page nests deeper than ${depthLimit} elements.`);
    }
    const hidden: DomElement[] = [];
    for (let child = next.node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType !== 1) continue;
      if (isHidden(child as DomElement)) hidden.push(child as DomElement);
      else waiting.push({ node: child, depth: next.depth + 1 });
    }
    for (const element of hidden) element.remove();
  }
}

function toElement(node: unknown): Element {
  const element = node as DomElement;
  const children: Element["children"] = [];
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 1) children.push(toElement(child));
    else if (child.nodeType === 3) children.push((child as DomElement).data ?? "");
  }
  // linkedom keeps the name of an element that a script made as it was given: Readability writes capitals.
  return { name: (element.localName ?? "").toLowerCase(), attributes: {}, children };
}

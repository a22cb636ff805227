import { html } from "./html.ts";
import { jats } from "./jats.ts";
import { jsonLines } from "./json-lines.ts";
import { markdown } from "./markdown.ts";
import { obo } from "./obo.ts";
import { pdf } from "./pdf.ts";
import { plainText } from "./plain-text.ts";
import { pubmed } from "./pubmed.ts";
import { tsv } from "./tsv.ts";

/** The formats of documents, in the order in which a file is offered to those that share its extension; the last one takes any. */
export const documentFormats = [jsonLines, pdf, pubmed, jats, obo, html, markdown, tsv, plainText];

import type { WebImage, WebPage } from "#contracts";

/** An article as a search service names it. `text` are the service's words about it, plain; may be empty. */
export type WebArticle = Pick<WebPage, "url" | "title" | "text" | "published" | "licence" | "image"> & {
  site?: string;
  /** An abstract is the record itself, whose page need not be read. */
  from: "abstract" | "search-result";
};

/** What a search service found: one shape for all services, articles apart from images, the best first. */
export type WebResults = { articles: WebArticle[]; images: WebImage[] };

/** What is about to be sent, and the wait until it has been told. */
export type TellSent = (sent: {
  host: string;
  loopback: boolean;
  images: number;
  characters: number;
}) => Promise<void>;

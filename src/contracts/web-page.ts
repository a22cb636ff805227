import { z } from "zod";

/** An image that a web search found: addresses only, and what the page calls it. */
export const webImageSchema = z.object({
  /** Of the image itself. */
  url: z.string(),
  /** Of the page that shows it, where that was told. */
  page: z.string().optional(),
  title: z.string(),
});
export type WebImage = z.infer<typeof webImageSchema>;

/** An article of the web as evidence. `text` is the excerpt that fits the query; citations are offsets into it. */
export const webPageSchema = z.object({
  url: z.string(),
  title: z.string(),
  /** What the site calls itself, else its host. */
  site: z.string(),
  /** As it was told, mostly a date of ISO 8601. */
  published: z.string().optional(),
  licence: z.string().optional(),
  /** Whether its host is on the list of trusted publishers. */
  trusted: z.boolean(),
  text: z.string(),
  /** Whose words the text is: the page's own, an abstract of a catalog's record, or only what the search service showed of it. */
  from: z.enum(["page", "abstract", "search-result"]),
  /** An image that the search named with it. */
  image: z.string().optional(),
});
export type WebPage = z.infer<typeof webPageSchema>;

/** Results of a web search that became no evidence, and why. */
export const leftOutPagesSchema = z.object({
  /** Not on the list of trusted publishers. */
  untrusted: z.int().nonnegative(),
  /** On the list of blocked hosts, or an address that must not be read. */
  blocked: z.int().nonnegative(),
});
export type LeftOutPages = z.infer<typeof leftOutPagesSchema>;

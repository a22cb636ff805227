import type { WebSearchProvider } from "../provider.ts";
import { brave } from "./brave.ts";
import { pubmed } from "./pubmed.ts";
import { searxng } from "./searxng.ts";
import { serpapi } from "./serpapi.ts";
import { tavily } from "./tavily.ts";

export const webSearchProviders: readonly WebSearchProvider[] = [tavily, serpapi, brave, searxng, pubmed];

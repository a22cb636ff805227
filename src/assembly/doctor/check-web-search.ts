import { openWebSearch, readWebSearchSettings } from "../web-search.ts";
import { type Finding, findingOf } from "./finding.ts";

export type WebSearchCheck = {
  /** The service and the host that is asked; null where no search of the web is configured. */
  service: string | null;
  host: string | null;
  keySet: boolean;
  findings: readonly Finding[];
};

/** Whether the search of the web is configured rightly. Nothing is sent: services count each request. */
export async function checkWebSearch(): Promise<WebSearchCheck> {
  const settings = readWebSearchSettings();
  const service = settings.service ?? null;
  const keySet = settings.key !== undefined;
  try {
    const found = await openWebSearch(settings);
    return { service, host: found?.server?.host ?? null, keySet, findings: [] };
  } catch (error) {
    return { service, host: null, keySet, findings: [findingOf(error)] };
  }
}

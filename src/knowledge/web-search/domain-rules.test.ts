import { expect, it } from "vitest";
import { createDomainRules, isDomainName, readDomainList } from "./domain-rules.ts";

const nothing = { trusted: [], blocked: [], readsAny: false };

it("trusts a listed domain and what is below it, and nothing that only looks like it", async () => {
  const { judge } = await createDomainRules(nothing);
  expect(["nhs.uk", "www.nhs.uk", "WWW.NHS.UK", "nhs.uk.", "pubmed.ncbi.nlm.nih.gov"].map(judge)).toEqual(
    Array(5).fill("trusted"),
  );
  expect(["notnhs.uk", "nhs.uk.evil.org", "uk", "nhs.uk-health.org", "example.org"].map(judge)).toEqual(
    Array(5).fill("untrusted"),
  );
});

it("takes what the configuration adds, and blocks before it trusts", async () => {
  const rules = await createDomainRules({
    trusted: ["hospital.org"],
    blocked: ["wiki.hospital.org", "who.int"],
    readsAny: true,
  });
  const hosts = [
    "a.hospital.org",
    "wiki.hospital.org",
    "www.who.int",
    "blogs.bmj.com",
    "www.bmj.com",
    "other.org",
  ];
  expect(hosts.map(rules.judge)).toEqual([
    "trusted",
    "blocked",
    "blocked",
    "blocked",
    "trusted",
    "untrusted",
  ]);
  expect(rules.trusted).toBeNull();
});

it("ships a list in which each domain stands once, is one, and has its reason", async () => {
  const { trusted, blocked } = await readDomainList();
  const names = [...trusted, ...blocked].map(({ domain }) => domain);
  expect(new Set(names).size).toBe(names.length);
  expect(trusted.length).toBeGreaterThan(40);
  expect(trusted.every(({ reason }) => reason.length > 10)).toBe(true);
});

it.each([
  ["hospital.org", true],
  ["Hospital.org", false],
  ["https://hospital.org", false],
  ["org", false],
  ["*.org", false],
])("takes %s for the name of a domain: %s", (text, isOne) => {
  expect(isDomainName(text)).toBe(isOne);
});

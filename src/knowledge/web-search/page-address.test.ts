import { describe, expect, it } from "vitest";
import { checkPageAddress } from "./page-address.ts";

const check = (address: string) => checkPageAddress(address, { allowsLoopback: false }).href;

describe("the address of a page", () => {
  it.each([
    ["https://www.nhs.uk/effusion?x=1#part", "https://www.nhs.uk/effusion?x=1"],
    ["http://www.nhs.uk:80/", "http://www.nhs.uk/"],
    ["https://www.nhs.uk:443/", "https://www.nhs.uk/"],
    ["https://8.8.8.8/", "https://8.8.8.8/"],
  ])("%s is read", (address, href) => {
    expect(check(address)).toBe(href);
  });

  it.each([
    ...[
      "file:///etc/passwd",
      "ftp://a.org/",
      "javascript:alert(1)",
      "data:text/html,x",
      "gopher://a.org/",
      "nonsense",
      "",
    ],
    ...[
      "https://user:word@a.org/",
      "https://user@a.org/",
      "https://a.org:8080/",
      "http://a.org:22/",
      "https://a.org:80443/",
    ],
    ...[
      "http://localhost/",
      "http://LOCALHOST./",
      "http://printer/",
      "http://router.local/",
      "http://a.internal/",
    ],
    ...["http://metadata.google.internal/", "http://home.arpa/", "http://x.onion/", "http://app.localhost/"],
    ...[
      "http://127.0.0.1/",
      "http://127.1/",
      "http://2130706433/",
      "http://0x7f.0.0.1/",
      "http://0177.0.0.1/",
    ],
    ...["http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://169.254.169.254/latest/"],
    ...["http://１２７.０.０.１/", `https://a.org/${"x".repeat(2_000)}`],
  ])("%s is refused", (address) => {
    expect(() => check(address)).toThrow(expect.objectContaining({ code: "web-page-refused" }));
  });
});

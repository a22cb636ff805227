import { defineConfig } from "vitest/config";

/** Tests that take minutes: `npm run test:long`. */
export default defineConfig({
  resolve: { conditions: ["medrounds-source"] },
  ssr: { resolve: { conditions: ["medrounds-source"] } },
  test: {
    include: ["test/long/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { LANCEDB_LOG: "error", NO_COLOR: "1" },
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["medrounds-source"] },
  ssr: { resolve: { conditions: ["medrounds-source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { LANCEDB_LOG: "error", NO_COLOR: "1" },
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["medrounds-source"] },
  ssr: { resolve: { conditions: ["medrounds-source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["test/long/**", "test/services/**", "node_modules/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { LANCEDB_LOG: "error", NO_COLOR: "1" },
  },
});

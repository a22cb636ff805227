import { configDefaults, defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** Tests against real servers, which `npm test` leaves out: the set-up installs them, which takes a minute once. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/services/**/*.test.ts"],
    exclude: configDefaults.exclude,
    globalSetup: "test/services/set-up.ts",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});

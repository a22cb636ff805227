import { defineConfig } from "vite";

/** The page: built from src/web into dist/page, from which the server serves it. */
export default defineConfig({
  root: "src/web",
  base: "./",
  resolve: { conditions: ["medrounds-source", "browser", "module", "import", "default"] },
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

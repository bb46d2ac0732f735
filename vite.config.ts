import { defineConfig } from "vite";

// Built into the Python package: `{% asset "main.css" %}` finds the hashed name in the manifest.
export default defineConfig({
  root: "frontend",
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "../src/bangfu/assets",
    emptyOutDir: true,
    assetsDir: "build",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: false,
    // What phones in villages run: system WebViews are updated, but years late.
    target: ["chrome100", "edge100", "firefox100", "safari15.4"],
    rolldownOptions: {
      input: ["frontend/main.css", "frontend/main.ts"],
      // htmx holds an `eval` for inline handlers. `allowEval: false` and the content security
      // policy both forbid it, so it is never reached.
      checks: { eval: false },
    },
  },
});

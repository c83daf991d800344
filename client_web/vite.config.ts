import { readFile } from "node:fs/promises";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Texts without the remarks for their translators: no phone pays for those. */
const texts: Plugin = {
  name: "texts-without-comments",
  enforce: "pre",
  async load(id) {
    if (!id.endsWith(".ftl?raw")) return null;
    const text = await readFile(id.slice(0, -"?raw".length), "utf-8");
    return { code: `export default ${JSON.stringify(text.replace(/\n*^#.*\n+/gm, "\n"))}`, moduleType: "js" };
  },
};

// In development the pages come from Vite and the exercise from a server beside it (make run PORT=8000).
const server = process.env.KEREGE_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [texts, svelte()],
  build: {
    // Phones that are handed out at exercises are old; this is what Svelte 5 itself needs, and no more.
    target: ["chrome107", "firefox104", "safari16"],
    // The service worker and the server's preload header read which files belong together.
    manifest: true,
    // No data: addresses, so that the content security policy can refuse them.
    assetsInlineLimit: 0,
    // The module preload polyfill is an inline helper that these browsers do not need.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      "/api": server,
      "/events": server,
      "/healthz": server,
      "/ws": { target: server.replace(/^http/, "ws"), ws: true },
    },
  },
});

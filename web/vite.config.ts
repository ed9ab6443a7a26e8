import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.BULKHEAD_SERVER ?? "http://127.0.0.1:7070";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    // The content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { port: 5173, proxy: { "/api": server, "/healthz": server, "/readyz": server } },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/test-setup.ts"] },
});

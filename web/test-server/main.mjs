// A stand-in for the server, for working on the pages and for their screenshots. It keeps nothing and protects nothing.
//   node test-server/main.mjs [--port 7070] [--hosts 24] [--state setup|signed-out|signed-in] [--loopback]
//     [--role owner|admin|operator|viewer|auditor] [--scope env:prod,site:ams] [--no-platform] [--empty]
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createApi } from "./api.mjs";
import { Refusal, send, sendFile } from "./http.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "7070" },
    hosts: { type: "string", default: "24" },
    state: { type: "string", default: "setup" },
    loopback: { type: "boolean", default: false },
    role: { type: "string", default: "owner" },
    scope: { type: "string" },
    "no-platform": { type: "boolean", default: false },
    empty: { type: "boolean", default: false },
  },
});

const files = fileURLToPath(new URL("../dist/", import.meta.url));
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const api = createApi({
  hosts: Number(options.hosts),
  state: options.state,
  loopbackOnly: options.loopback,
  role: options.role,
  scope: options.scope ? { tags: options.scope.split(","), groups: [] } : null,
  platform: options.role === "owner" && !options["no-platform"],
  empty: options.empty,
});

createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  try {
    if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/test/"))
      await api(request, response, url);
    else await serveFile(response, url.pathname);
  } catch (error) {
    if (error instanceof Refusal) send(response, error.status, error.body, error.headers);
    else {
      console.error(error);
      send(response, 500, { title: "Internal error", status: 500, code: "internal", type: "about:blank" });
    }
  }
}).listen(Number(options.port), "127.0.0.1", () => console.log(`http://localhost:${options.port}`));

async function serveFile(response, path) {
  const wanted = normalize(join(files, path));
  const type = types[extname(wanted)];
  const known = wanted.startsWith(files) && type !== undefined;
  const content = known ? await readFile(wanted).catch(() => undefined) : undefined;
  if (content) sendFile(response, type, content);
  else sendFile(response, types[".html"], await readFile(join(files, "index.html")));
}

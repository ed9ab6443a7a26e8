// What every answer has in common with the real server's: headers, problems, strict bodies.
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

export class Refusal extends Error {
  constructor(status, code, title, detail, more = {}) {
    super(title);
    this.status = status;
    this.headers = more.headers ?? {};
    this.body = {
      type: "about:blank",
      title,
      status,
      detail,
      code,
      errors: more.errors,
      factors: more.factors,
    };
  }
}

export function send(response, status, body, more = {}) {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(status, { ...headers, "Content-Type": type, "Cache-Control": "no-store", ...more });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function sendFile(response, type, content) {
  response.writeHead(200, { ...headers, "Content-Type": type });
  response.end(content);
}

/** An answer that made something. */
export class Created {
  constructor(body) {
    this.body = body;
  }
}

export const created = (body) => new Created(body);

/** A file that is sent while it is still being made. */
export class Download {
  constructor(fileName, type, pieces) {
    Object.assign(this, { fileName, type, pieces });
  }
}

/** Sends whatever a route answered, each kind in its own way. */
export async function answer(response, result) {
  if (result instanceof Created) return send(response, 201, result.body);
  if (!(result instanceof Download)) return send(response, result === undefined ? 204 : 200, result);
  response.writeHead(200, {
    ...headers,
    "Content-Type": result.type,
    "Content-Disposition": `attachment; filename="${result.fileName}"`,
    "Cache-Control": "no-store",
  });
  for await (const piece of result.pieces) {
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end();
}

export function openStream(response) {
  response.writeHead(200, { ...headers, "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": hello\n\n");
  return (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Reads a JSON body that has exactly these fields, some of them optional ("tags?"). */
export async function readBody(request, fields) {
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = JSON.parse(text || "{}");
  const known = fields.map((field) => field.replace("?", ""));
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown) throw new Refusal(400, "bad_request", "Unknown field", `${unknown} is not known here`);
  const missing = fields.find((field) => !field.endsWith("?") && body[field] === undefined);
  if (missing) throw new Refusal(400, "bad_request", "Missing field", `${missing} is missing`);
  return body;
}

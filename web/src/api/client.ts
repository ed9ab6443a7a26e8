import type { Problem } from "./types";

/** A refusal that the server put into words, or the lack of any answer. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): string {
    return this.problem.code;
  }
}

const unreachable: Problem = {
  title: "The server does not answer",
  status: 0,
  code: "unreachable",
  detail: "The request did not reach the server. Check that it runs and that this machine can reach it.",
};

const brokenOff: Problem = {
  title: "The download broke off",
  status: 0,
  code: "broken_off",
  detail: "What had come is discarded, because it is not whole. Start it again.",
};

// Held in memory only: web storage and URLs never see it.
let csrfToken = "";
let onSessionChanged: () => void = () => undefined;

/** Refusals which say that the session is over, or no longer what the page took it for. */
const sessionChanged = new Set(["unauthenticated", "csrf", "forbidden"]);

/** Takes the CSRF token out of an answer that carries one; the newest counts. */
export function remember<T extends { csrfToken: string }>(answer: T): T {
  csrfToken = answer.csrfToken;
  return answer;
}

/** Called when a request is refused because the session behind it is over, or may do less than before. */
export function whenSessionChanges(listener: () => void): void {
  onSessionChanged = listener;
}

interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
  /** The version that the change was made from: the server refuses it (412) if there is a newer one. */
  version?: number;
  /** The question is whether there is a session: that there is none is an answer, not news. */
  asksForSession?: boolean;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The one door to the API: JSON both ways, CSRF on mutations, problems as `ApiError`. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const headers = new Headers({ Accept: "application/json, application/problem+json" });
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (method !== "GET") headers.set("X-CSRF-Token", csrfToken);
  if (options.body !== undefined) {
    headers.set("Content-Type", "application/json");
    init.body = JSON.stringify(options.body);
  }
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  if (options.signal) init.signal = options.signal;

  const response = await send(path, init);
  if (!response.ok) throw await refusal(response, options.asksForSession === true);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export interface Download {
  content: Blob;
  fileName: string;
}

/** Fetches a file, telling how many bytes have come. */
export async function download(
  path: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Download> {
  const response = await send(path, { credentials: "same-origin", cache: "no-store", signal });
  if (!response.ok) throw await refusal(response, false);
  const parts: BlobPart[] = [];
  let received = 0;
  try {
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      parts.push(piece.value);
      received += piece.value.byteLength;
      onProgress(received);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(brokenOff);
  }
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const fileName = /filename="?([\w.-]+)"?/.exec(disposition)?.[1] ?? "bulkhead-export.zip";
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return { content: new Blob(parts, { type }), fileName };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(unreachable);
  }
}

async function refusal(response: Response, asksForSession: boolean): Promise<ApiError> {
  const problem = await readProblem(response);
  if (sessionChanged.has(problem.code) && !asksForSession) onSessionChanged();
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(problem, wait > 0 ? wait : undefined);
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    title: response.statusText || `The server answered ${response.status}`,
    status: response.status,
    code: response.status === 401 ? "unauthenticated" : `http_${response.status}`,
  };
  try {
    const body = (await response.json()) as Partial<Problem> | null;
    return { ...fallback, ...body };
  } catch {
    return fallback;
  }
}

import type { Factor, Problem } from "./types";

/** A refusal that the server put into words, or the lack of any answer. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;
  /** Epoch milliseconds from which on the server listens again. */
  readonly retryAt: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    this.retryAt = retryAfterSeconds === undefined ? undefined : Date.now() + retryAfterSeconds * 1_000;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** What the person was asked to confirm, they did not: nothing was done, and there is nothing to complain of. */
export class CalledOff extends Error {
  override readonly name = "CalledOff";
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
let onShutOut: (problem: Problem) => void = () => undefined;
let askToStepUp: ((factors: readonly Factor[]) => Promise<boolean>) | undefined;
let steppingUp: Promise<boolean> | undefined;

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

/** Called when the tenant may not be used from this address: then no request succeeds. */
export function whenShutOut(listener: (problem: Problem) => void): void {
  onShutOut = listener;
}

/**
 * Says who asks for a fresh factor when a request needs one; the answer is whether it was given. Until the returned
 * function takes it back.
 */
export function whenStepUpIsRequired(ask: (factors: readonly Factor[]) => Promise<boolean>): () => void {
  askToStepUp = ask;
  return () => {
    if (askToStepUp === ask) askToStepUp = undefined;
  };
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
  const { body, version, signal, asksForSession } = options;
  // Made anew for a repetition: the token may be another one by then.
  const init = (): RequestInit => {
    const headers = new Headers({ Accept: "application/json, application/problem+json" });
    if (method !== "GET") headers.set("X-CSRF-Token", csrfToken);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    if (version !== undefined) headers.set("If-Match", `"${version}"`);
    return {
      ...{ method, headers, credentials: "same-origin", cache: "no-store" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
  };
  const response = await sendConfirmed(path, init, asksForSession === true);
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
  const response = await sendConfirmed(path, () => ({
    ...{ credentials: "same-origin", cache: "no-store", signal },
  }));
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

/** Sends it; where the server wants a fresh factor first, asks for one and sends it again. */
async function sendConfirmed(
  path: string,
  init: () => RequestInit,
  asksForSession = false,
): Promise<Response> {
  for (;;) {
    const response = await send(path, init());
    if (response.ok) return response;
    const error = await refusal(response, asksForSession);
    if (error.code !== "step_up_required" || !askToStepUp) throw error;
    if (!(await stepUp(askToStepUp, error.problem.factors))) throw new CalledOff();
  }
}

const anyFactor: readonly Factor[] = ["passkey", "totp", "recovery_code"];

/** Requests that wait for a factor at the same time wait for the same answer. */
function stepUp(ask: NonNullable<typeof askToStepUp>, factors = anyFactor): Promise<boolean> {
  steppingUp ??= ask(factors).finally(() => (steppingUp = undefined));
  return steppingUp;
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
  if (problem.code === "address_not_allowed") onShutOut(problem);
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

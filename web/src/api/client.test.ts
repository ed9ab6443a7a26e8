import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ApiError,
  CalledOff,
  download,
  remember,
  request,
  whenSessionChanges,
  whenShutOut,
  whenStepUpIsRequired,
} from "./client";

const answer = vi.fn<typeof fetch>();

describe("request", () => {
  beforeEach(() => {
    vi.stubGlobal("fetch", answer);
    answer.mockReset();
    remember({ csrfToken: "token" });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("sends the CSRF token with what changes something, and only then", async () => {
    answer.mockImplementation(() => Promise.resolve(Response.json({})));

    await request("GET", "/hosts");
    await request("PUT", "/hosts/1", { body: { name: "a" } });

    expect(sent(0).headers.get("X-CSRF-Token")).toBeNull();
    expect(sent(1).headers.get("X-CSRF-Token")).toBe("token");
    expect(sent(1).body).toBe('{"name":"a"}');
  });

  it("turns a problem into an error with its code and wait", async () => {
    const problem = { title: "Slow down", status: 429, code: "rate_limited", detail: "Too many." };
    answer.mockResolvedValue(Response.json(problem, { status: 429, headers: { "Retry-After": "7" } }));

    await expect(request("POST", "/setup/code", { body: {} })).rejects.toMatchObject({
      code: "rate_limited",
      message: "Too many.",
      retryAfterSeconds: 7,
    });
  });

  it("stands an answer that is no problem+json", async () => {
    answer.mockResolvedValue(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));

    await expect(request("GET", "/hosts")).rejects.toMatchObject({ code: "http_502" });
  });

  it("tells when the session has ended", async () => {
    const ended = vi.fn();
    whenSessionChanges(ended);
    answer.mockResolvedValue(Response.json({ code: "unauthenticated" }, { status: 401 }));

    await expect(request("GET", "/hosts")).rejects.toBeInstanceOf(ApiError);

    expect(ended).toHaveBeenCalledOnce();
  });

  it("asks again what is allowed when something no longer is", async () => {
    const changed = vi.fn();
    whenSessionChanges(changed);
    answer.mockResolvedValue(Response.json({ code: "forbidden" }, { status: 403 }));

    await expect(request("GET", "/people")).rejects.toMatchObject({ code: "forbidden" });

    expect(changed).toHaveBeenCalledOnce();
  });

  it("says which version a change was made from", async () => {
    answer.mockResolvedValue(Response.json({}));

    await request("PUT", "/people/1", { body: {}, version: 4 });

    expect(sent(0).headers.get("If-Match")).toBe('"4"');
  });

  it("does not report the lack of a session to the one who asks for it", async () => {
    const ended = vi.fn();
    whenSessionChanges(ended);
    answer.mockResolvedValue(Response.json({ code: "unauthenticated" }, { status: 401 }));

    await expect(request("GET", "/session", { asksForSession: true })).rejects.toBeInstanceOf(ApiError);

    expect(ended).not.toHaveBeenCalled();
  });

  it("does not take a refused sign-in for an ended session", async () => {
    const ended = vi.fn();
    whenSessionChanges(ended);
    answer.mockResolvedValue(Response.json({ code: "sign_in_failed" }, { status: 401 }));

    await expect(request("POST", "/session/password", { body: {} })).rejects.toBeInstanceOf(ApiError);

    expect(ended).not.toHaveBeenCalled();
  });

  it("tells that the address is shut out, whatever was asked for", async () => {
    const shutOut = vi.fn();
    whenShutOut(shutOut);
    answer.mockResolvedValue(Response.json({ code: "address_not_allowed" }, { status: 403 }));

    await expect(request("GET", "/setup", { asksForSession: true })).rejects.toBeInstanceOf(ApiError);

    expect(shutOut).toHaveBeenCalledOnce();
  });

  it("says so when nobody answers", async () => {
    answer.mockRejectedValue(new TypeError("Failed to fetch"));

    await expect(request("GET", "/hosts")).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("a request that needs a fresh factor", () => {
  const required = () => Response.json({ code: "step_up_required", factors: ["totp"] }, { status: 403 });

  beforeEach(() => {
    vi.stubGlobal("fetch", answer);
    answer.mockReset();
    remember({ csrfToken: "token" });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("is repeated as it was once the factor is given, with the token of then", async () => {
    answer.mockResolvedValueOnce(required()).mockResolvedValueOnce(Response.json({ done: true }));
    const ask = vi.fn(() => {
      remember({ csrfToken: "newer" });
      return Promise.resolve(true);
    });
    const stop = whenStepUpIsRequired(ask);

    const result = await request("PUT", "/people/1", { body: { role: "viewer" }, version: 4 });
    stop();

    expect(result).toEqual({ done: true });
    expect(ask).toHaveBeenCalledWith(["totp"]);
    expect(sent(1).body).toBe(sent(0).body);
    expect(sent(1).headers.get("If-Match")).toBe('"4"');
    expect(sent(1).headers.get("X-CSRF-Token")).toBe("newer");
  });

  it("is not repeated when the person calls it off", async () => {
    answer.mockResolvedValue(required());
    const stop = whenStepUpIsRequired(() => Promise.resolve(false));

    await expect(request("POST", "/invitations", { body: {} })).rejects.toBeInstanceOf(CalledOff);
    stop();

    expect(answer).toHaveBeenCalledOnce();
  });

  it("asks once for requests that wait at the same time, downloads included", async () => {
    answer
      .mockResolvedValueOnce(required())
      .mockResolvedValueOnce(required())
      .mockImplementation(() => Promise.resolve(Response.json({})));
    const ask = vi.fn(() => Promise.resolve(true));
    const stop = whenStepUpIsRequired(ask);

    await Promise.all([
      request("POST", "/tokens", { body: {} }),
      download("/tenant/export", new AbortController().signal, () => undefined),
    ]);
    stop();

    expect(ask).toHaveBeenCalledOnce();
    expect(answer).toHaveBeenCalledTimes(4);
  });

  it("is refused where nobody can be asked", async () => {
    answer.mockResolvedValue(required());

    await expect(request("POST", "/tokens", { body: {} })).rejects.toMatchObject({
      code: "step_up_required",
    });
  });
});

function sent(index: number): { headers: Headers; body: unknown } {
  const init = answer.mock.calls[index]?.[1];
  return { headers: new Headers(init?.headers), body: init?.body };
}

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import type { Account } from "../api/types";
import { AccountContext } from "../session/account";

interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answers = Record<string, (call: Call) => unknown>;

/**
 * Answers the API's requests by "METHOD /path"; a problem is an object with a status of 400 or more, and a whole response
 * is what it is.
 */
export function answerWith(answers: Answers): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const path = new URL(url, "http://localhost").pathname.replace("/api/v1", "");
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    const call = { method: init.method ?? "GET", path, headers: new Headers(init.headers), body };
    calls.push(call);
    const answer = answers[`${call.method} ${path}`];
    const result = answer ? answer(call) : { status: 404, code: "not_found", title: "Not found" };
    if (result instanceof Response) return Promise.resolve(result);
    if (result === undefined) return Promise.resolve(new Response(null, { status: 204 }));
    const { status } = result as { status?: unknown };
    return Promise.resolve(Response.json(result, { status: typeof status === "number" ? status : 200 }));
  });
  return calls;
}

/** Renders inside what every page has around it; a dialog opens without the browser's own. */
export async function renderPage(page: ReactNode, account: Account): Promise<void> {
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal("scrollTo", () => undefined);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const route = createRootRoute({
    component: () => (
      <AccountContext value={account}>
        <div data-testid="page">{page}</div>
      </AccountContext>
    ),
  });
  const router = createRouter({ routeTree: route, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider<typeof router> router={router} />
    </QueryClientProvider>,
  );
  await screen.findByTestId("page");
}

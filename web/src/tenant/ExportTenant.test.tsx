import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { account } from "../testing/account";
import { renderPage } from "../testing/renderPage";
import { ExportTenant } from "./ExportTenant";

afterEach(() => void vi.unstubAllGlobals());

describe("the export", () => {
  it("tells how much has come, and saves it under the server's name", async () => {
    const flow = stubExport();
    await renderPage(<ExportTenant />, account({}));
    await userEvent.click(screen.getByTestId("export-start"));
    expect(screen.getByText("Preparing…")).toBeTruthy();

    flow.enqueue(new Uint8Array(2048));
    expect(await screen.findByText(/2.00.KiB received/)).toBeTruthy();
    flow.close();

    expect(await screen.findByText(/Saved as bulkhead-main-2026-01-01\.zip/)).toBeTruthy();
  });

  it("can be stopped, and then saves nothing", async () => {
    stubExport();
    await renderPage(<ExportTenant />, account({}));
    await userEvent.click(screen.getByTestId("export-start"));

    await userEvent.click(screen.getByTestId("export-stop"));

    expect(await screen.findByText(/Nothing was saved/)).toBeTruthy();
  });

  it("discards what broke off on the way", async () => {
    const flow = stubExport();
    await renderPage(<ExportTenant />, account({}));
    await userEvent.click(screen.getByTestId("export-start"));

    flow.error(new TypeError("network error"));

    expect((await screen.findByRole("alert")).textContent).toContain("The download broke off");
  });
});

/** A download whose pieces the test sends by hand. */
function stubExport() {
  let flow: ReadableStreamDefaultController<Uint8Array> | undefined;
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        flow = controller;
        signal?.addEventListener("abort", () => controller.error(new DOMException("stopped", "AbortError")));
      },
    });
    const headers = { "Content-Disposition": 'attachment; filename="bulkhead-main-2026-01-01.zip"' };
    return Promise.resolve(new Response(body, { headers }));
  });
  URL.createObjectURL = () => "blob:made-for-the-test";
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = () => undefined;
  return {
    enqueue: (piece: Uint8Array) => flow?.enqueue(piece),
    close: () => flow?.close(),
    error: (cause: Error) => flow?.error(cause),
  };
}

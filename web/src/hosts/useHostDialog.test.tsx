import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host } from "../api/types";
import { account } from "../testing/account";
import { answerWith, renderPage } from "../testing/renderPage";
import { HostMenu } from "./HostMenu";
import { useHostDialog } from "./useHostDialog";
import { useState } from "react";

afterEach(() => void vi.unstubAllGlobals());

const host = { id: "1", name: "db-1", tags: ["env:prod"] } as Host;

/** A row that is drawn anew, as it is when the window becomes narrow. */
function List() {
  const { choose, dialog } = useHostDialog();
  const [layout, setLayout] = useState("table");
  return (
    <>
      <button onClick={() => setLayout("cards")}>Narrower</button>
      <div key={layout}>
        <HostMenu host={host} onChoose={choose} />
      </div>
      {dialog}
    </>
  );
}

describe("a host's dialog", () => {
  it("stays open, with what was typed, when the row is drawn anew", async () => {
    answerWith({});
    await renderPage(<List />, account({ permissions: ["hosts_change"] }));
    await userEvent.click(screen.getByTestId("host-menu"));
    await userEvent.click(screen.getByTestId("host-edit"));
    await userEvent.type(screen.getByTestId("host-edit-name"), "-new");

    await userEvent.click(screen.getByText("Narrower"));

    expect(screen.getByTestId("host-edit-name")).toHaveProperty("value", "db-1-new");
  });

  it("keeps the tags from somebody whose hosts they decide", async () => {
    answerWith({});
    const scope = { tags: ["env:prod"], groups: [] };
    await renderPage(<List />, account({ permissions: ["hosts_change"], scope }));

    await userEvent.click(screen.getByTestId("host-menu"));
    await userEvent.click(screen.getByTestId("host-edit"));

    expect(screen.getByTestId("host-edit-tags")).toHaveProperty("readOnly", true);
  });

  it("is not offered to whoever may not change hosts", async () => {
    answerWith({});

    await renderPage(<List />, account({}));

    expect(screen.queryByTestId("host-menu")).toBeNull();
  });
});

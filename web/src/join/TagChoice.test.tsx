import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { TagChoice } from "./TagChoice";

describe("TagChoice", () => {
  it("asks for at least one of the own tags", async () => {
    const onDone = vi.fn();
    render(<TagChoice own={["env:prod", "site:ams"]} onDone={onDone} onClose={() => undefined} />);
    const done = screen.getByTestId("join-tags-done");

    expect(done).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByTestId("join-tag-site:ams"));
    await userEvent.click(done);

    expect(onDone).toHaveBeenCalledWith(["site:ams"]);
  });

  it("says what to do where the scope holds no tag", () => {
    render(<TagChoice own={[]} onDone={() => undefined} onClose={() => undefined} />);

    expect(screen.getByText(/Ask an owner or admin/)).toBeTruthy();
  });
});

import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Menu, MenuItem } from "./Menu";

describe("Menu", () => {
  it("returns the focus to its button when something is chosen", async () => {
    const chosen = vi.fn();
    show(chosen);

    screen.getByTestId("menu").focus();
    await userEvent.keyboard("{Enter}{ArrowDown}{Enter}");

    expect(chosen).toHaveBeenCalledWith("second");
    expect(document.activeElement).toBe(screen.getByTestId("menu"));
  });

  it("stays open at the end of the scroll that led to it", async () => {
    show(vi.fn());

    await userEvent.click(screen.getByTestId("menu"));
    window.dispatchEvent(new Event("scroll"));

    expect(screen.getByText("second")).toBeTruthy();
  });
});

function show(onSelect: (name: string) => void) {
  render(
    <Menu label="Actions" trigger="…" testId="menu">
      {(close) =>
        ["first", "second"].map((name) => (
          <MenuItem
            key={name}
            onSelect={() => {
              close();
              onSelect(name);
            }}
          >
            {name}
          </MenuItem>
        ))
      }
    </Menu>,
  );
}

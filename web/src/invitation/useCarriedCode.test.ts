import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { takeCode, useCarriedCode } from "./useCarriedCode";

describe("useCarriedCode", () => {
  beforeEach(() => history.replaceState(null, "", "/"));

  it("takes the code out of the address", () => {
    const entries = history.length;
    history.replaceState(null, "", "/invitation?lang=en#code=bhi1_first");

    takeCode();

    expect(location.href).toMatch(/\/invitation\?lang=en$/);
    expect(history.length).toBe(entries);
    expect(renderHook(useCarriedCode).result.current).toBe("bhi1_first");
  });

  it("takes a link that is pasted over the page's own address", () => {
    history.replaceState(null, "", "/invitation");
    const { result } = renderHook(useCarriedCode);

    act(() => {
      history.replaceState(null, "", "/invitation#code=bhi1_second");
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    });

    expect(result.current).toBe("bhi1_second");
    expect(location.hash).toBe("");
  });

  it("leaves other pages' addresses alone", () => {
    history.replaceState(null, "", "/hosts#main");

    takeCode();

    expect(location.hash).toBe("#main");
  });
});

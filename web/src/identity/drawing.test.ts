import { describe, expect, it } from "vitest";
import { readDrawing } from "./drawing";

describe("readDrawing", () => {
  it("keeps shapes and drops what could act", () => {
    const drawing = readDrawing(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)" style="color:red">
         <script>alert(1)</script><g><path d="M0 0h1" onclick="x()"/></g><a href="https://example.com"/></svg>`,
    );

    expect(drawing?.outerHTML.replace(/\s+/g, " ")).toBe(
      '<svg viewBox="0 0 9 9"><g><path d="M0 0h1"></path></g></svg>',
    );
  });

  it("refuses what is no drawing", () => {
    expect(readDrawing("<p>not an image</p>")).toBeUndefined();
    expect(readDrawing("not xml at all")).toBeUndefined();
  });
});

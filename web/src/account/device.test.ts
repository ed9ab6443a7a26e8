import { describe, expect, it } from "vitest";
import { deviceInWords } from "./device";

const like = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("deviceInWords", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/140.0 Safari/537.36`, "Chrome on Windows"],
    [`Mozilla/5.0 (Windows NT 10.0) ${like} Chrome/140.0 Safari/537.36 Edg/140.0`, "Edge on Windows"],
    [`Mozilla/5.0 (Linux; Android 15; K) ${like} Chrome/140.0 Mobile Safari/537.36`, "Chrome on Android"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Safari on a Mac",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
      "Chrome on an iPhone",
    ],
    ["curl/8.9", "curl"],
    ["Mozilla/5.0 (X11; Linux x86_64) Something/1", "A browser on Linux"],
    ["", "An unknown device"],
    [null, "An unknown device"],
  ])("reads %s", (userAgent, words) => {
    expect(deviceInWords(userAgent)).toBe(words);
  });
});

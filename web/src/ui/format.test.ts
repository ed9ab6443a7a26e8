import { describe, expect, it } from "vitest";
import {
  ago,
  bytes,
  bytesPerSecond,
  count,
  countdown,
  degrees,
  duration,
  percent,
  plainNumber,
} from "./format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("percent", () => {
  it.each([
    [0, "0 %"],
    [0.0003, "0 %"],
    [0.004, "0.4 %"],
    [0.0421, "4.2 %"],
    [0.0996, "10 %"],
    [0.876, "88 %"],
    [1, "100 %"],
    [null, "–"],
  ])("%s is %s", (value, text) => expect(plain(percent(value))).toBe(text));
});

describe("bytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "0.98 KiB"],
    [1536, "1.50 KiB"],
    [1_572_864, "1.50 MiB"],
    [16_106_127_360, "15.0 GiB"],
    [1_048_000, "1.00 MiB"],
    [undefined, "–"],
  ])("%s is %s", (value, text) => expect(plain(bytes(value))).toBe(text));

  it("adds the time to a rate", () => expect(plain(bytesPerSecond(2048))).toBe("2.00 KiB/s"));
});

describe("times", () => {
  it.each([
    [42.9, "42 s"],
    [15 * 60, "15 min"],
    [7200, "2 h"],
    [3 * 3600 + 240, "3 h 4 min"],
    [3 * 86400 + 4 * 3600 + 59, "3 d 4 h"],
  ])("%s s lasts %s", (seconds, text) => expect(plain(duration(seconds))).toBe(text));

  it.each([
    [-3, "now"],
    [1, "now"],
    [12, "12 s ago"],
    [3 * 3600 + 1800, "3 h ago"],
    [400 * 86400, "400 d ago"],
  ])("%s s before is %s", (seconds, text) => expect(plain(ago(seconds))).toBe(text));

  it("counts down in minutes and seconds", () => {
    expect(countdown(900.9)).toBe("15:00");
    expect(countdown(65)).toBe("1:05");
    expect(countdown(-1)).toBe("0:00");
  });
});

describe("other numbers", () => {
  it("have the right digits", () => {
    expect(plain(count(10_000))).toBe("10 000");
    expect(plain(plainNumber(0.417))).toBe("0.42");
    expect(plain(degrees(53.6))).toBe("54 °C");
  });
});

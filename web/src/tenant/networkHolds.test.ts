import { describe, expect, it } from "vitest";
import { networkHolds } from "./networkHolds";

describe("networkHolds", () => {
  it.each([
    ["10.4.0.0/16", "10.4.200.1"],
    ["203.0.113.7/32", "203.0.113.7"],
    ["203.0.113.7", "203.0.113.7"],
    ["0.0.0.0/0", "198.51.100.1"],
    ["2001:db8::/32", "2001:db8:1::9"],
    ["::1/128", "0:0:0:0:0:0:0:1"],
    ["2001:db8:0:8000::/49", "2001:db8:0:ffff::1"],
  ])("finds in %s the address %s", (network, address) => {
    expect(networkHolds(network, address)).toBe(true);
  });

  it.each([
    ["10.4.0.0/16", "10.5.0.1"],
    ["10.0.0.0/8", "2001:db8::1"],
    ["2001:db8:0:8000::/49", "2001:db8:0:7fff::1"],
    ["nonsense/8", "10.0.0.1"],
    ["10.0.0.0/8", "fleet.example.org"],
  ])("does not find in %s the address %s", (network, address) => {
    expect(networkHolds(network, address)).toBe(false);
  });
});

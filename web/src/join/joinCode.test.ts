import { describe, expect, it } from "vitest";
import { toBase64Url, type Bytes } from "../api/bytes";
import { writeJoinCode, type JoinCodeParts } from "./joinCode";
import { deriveKey, makeJoinSecret } from "./secret";

// The vector was computed by an independent program; the agent's decoder is held to the same one.
const secret = counting(32, 32);
const parts: JoinCodeParts = {
  tenant: "00112233-4455-6677-8899-aabbccddeeff",
  caFingerprint: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
  secret,
  joinId: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  addresses: ["127.0.0.1:7443", "fleet.example.org:7443", "[2001:db8::7]:7443"],
};

describe("writeJoinCode", () => {
  it("writes the fixed vector", async () => {
    expect(await writeJoinCode(parts)).toBe(
      "bhj1_AQARIjNEVWZ3iJmqu8zd7v8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
        "AAAAAAAAAAAAICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8PHi08S1ppeIeWpbTD0uHwAw4xMjcuMC4wLjE6NzQ0MxZm" +
        "bGVldC5leGFtcGxlLm9yZzo3NDQzElsyMDAxOmRiODo6N106NzQ0M1qVm1I",
    );
  });

  it("keeps the first eight addresses", async () => {
    const eight = Array.from({ length: 8 }, (_, index) => `10.0.0.${index}:7443`);

    expect(await writeJoinCode({ ...parts, addresses: [...eight, "10.0.0.9:7443"] })).toBe(
      await writeJoinCode({ ...parts, addresses: eight }),
    );
  });

  it.each<[string, Partial<JoinCodeParts>]>([
    ["no address", { addresses: [] }],
    ["an address that does not fit", { addresses: ["x".repeat(256)] }],
    ["a short fingerprint", { caFingerprint: "AAEC" }],
    ["a short secret", { secret: counting(0, 31) }],
    ["an id that is no UUID", { joinId: "7" }],
  ])("refuses %s", async (_, wrong) => {
    await expect(writeJoinCode({ ...parts, ...wrong })).rejects.toThrow();
  });
});

describe("makeJoinSecret", () => {
  it("tells the server a digest of the enrolment key alone", async () => {
    expect((await makeJoinSecret(secret)).digest).toBe("XmFu3ym22oucbqqmumDoLbZI5rrEDPKB62HoU7Gdee4");
  });

  it("derives both keys as the agent does", async () => {
    expect(toBase64Url(await deriveKey(secret, "bulkhead/join/enrol/1"))).toBe(
      "hnno5tpnZeZzy3hImpVFqRWiHN6ZzewvNY7oNhM4TI8",
    );
    expect(toBase64Url(await deriveKey(secret, "bulkhead/join/prove/1"))).toBe(
      "QssmeOxQ6Y0N9HLBS3tu_TwMEpky4tmd5WivAQ5K_OU",
    );
  });

  it("never makes the same secret twice", async () => {
    expect((await makeJoinSecret()).digest).not.toBe((await makeJoinSecret()).digest);
  });
});

function counting(from: number, length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => from + index);
}

// Writes the passwords that setup refuses, one a line, for the server's jar to carry.
import { mkdir, writeFile } from "node:fs/promises";
import { dictionary } from "@zxcvbn-ts/language-common";

const source = dictionary["passwords-common"];
if (!Array.isArray(source) || source.length < 10_000) {
  throw new Error("@zxcvbn-ts/language-common no longer holds its password list where it used to be");
}

const words = source.map((word) => word.toLowerCase()).filter((word) => word !== "" && !/[\r\n]/.test(word));
// Code-unit order, so that a binary search in Java agrees with it.
const lines = [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));

const folder = new URL("../dist-passwords/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("common-passwords.txt", folder), `${lines.join("\n")}\n`, "utf8");
console.log(`common-passwords.txt: ${lines.length} passwords`);

/** Hands a file to the browser as a download. */
export function saveFile(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Not at once: a large file is still being read when the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function saveText(fileName: string, text: string): void {
  saveFile(fileName, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

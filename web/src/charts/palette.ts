const size = 6;

/** The colours of a chart's lines, as the canvas wants them. */
export function palette(element: HTMLElement, lines: number): string[] {
  const wanted = Math.max(1, Math.min(size, lines));
  return Array.from({ length: wanted }, (_, index) => resolveColour(element, `--color-chart-${index + 1}`));
}

/** A token's value under the theme in force; a canvas knows no variables. */
export function resolveColour(element: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

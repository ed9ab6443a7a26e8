const svgNamespace = "http://www.w3.org/2000/svg";
const elements = new Set(["svg", "g", "path", "rect", "polygon"]);
const attributes = new Set([
  ...["viewBox", "width", "height", "x", "y", "d", "points", "transform"],
  ...["fill", "fill-rule", "stroke", "stroke-width", "shape-rendering"],
]);

/** Rebuilds an SVG from shapes alone: no script, style or link in it survives. */
export function readDrawing(text: string): SVGElement | undefined {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return root.localName === "svg" ? copy(root) : undefined;
}

function copy(source: Element): SVGElement {
  const target = document.createElementNS(svgNamespace, source.localName);
  for (const { name, value } of source.attributes) {
    if (attributes.has(name)) target.setAttribute(name, value);
  }
  for (const child of source.children) {
    if (elements.has(child.localName)) target.append(copy(child));
  }
  return target;
}

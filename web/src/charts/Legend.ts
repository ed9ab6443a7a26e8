import type { Scale } from "./source";

interface LegendLine {
  label: string;
  colour: string;
  dash: number[];
}

/** The lines' names and values: the newest, or those under the pointer. */
export class Legend {
  readonly element = document.createElement("div");
  private readonly list = document.createElement("ul");
  private readonly time = document.createElement("span");
  private values: HTMLElement[] = [];
  private readonly format: Scale["format"];

  constructor(format: Scale["format"]) {
    this.format = format;
    this.element.className = "chart-legend";
    this.time.className = "chart-time";
    this.element.append(this.list, this.time);
  }

  setLines(lines: readonly LegendLine[]): void {
    this.values = lines.map(() => document.createElement("b"));
    this.list.replaceChildren(...lines.map((line, index) => this.item(line, this.values[index])));
  }

  show(time: string, values: readonly (number | null)[]): void {
    this.time.textContent = time;
    this.values.forEach((element, index) => {
      element.textContent = this.format(values[index]);
    });
  }

  private item(line: LegendLine, value: HTMLElement | undefined): HTMLElement {
    const item = document.createElement("li");
    const swatch = document.createElement("i");
    swatch.style.borderTopColor = line.colour;
    swatch.style.borderTopStyle = line.dash.length > 0 ? "dashed" : "solid";
    item.append(swatch, line.label, " ", value ?? "");
    return item;
  }
}

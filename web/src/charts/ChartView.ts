import uPlot from "uplot";
import { clockTime } from "../ui/format";
import { onThemeChange } from "../ui/theme";
import { timeLabels, valueRange, valueSplits } from "./axes";
import { latest, type Frame } from "./frame";
import { Legend } from "./Legend";
import { palette, resolveColour } from "./palette";
import type { FrameSource, Scale } from "./source";

const height = 160;
const mostLegible = 16;

/** A chart on a canvas that follows its source, at most once a frame, without React. */
export class ChartView {
  private plot: uPlot | undefined;
  private shape = "";
  private frame: Frame = { times: [], lines: [] };
  private queued = 0;
  private readonly legend: Legend;
  private readonly canvas = document.createElement("div");
  private readonly cleanups: (() => void)[] = [];
  private readonly root: HTMLElement;
  private readonly source: FrameSource;
  private readonly scale: Scale;

  constructor(root: HTMLElement, source: FrameSource, scale: Scale) {
    this.root = root;
    this.source = source;
    this.scale = scale;
    this.legend = new Legend(scale.format);
    this.canvas.className = "chart-canvas";
    root.replaceChildren(this.canvas, this.legend.element);

    const resize = new ResizeObserver(() => this.plot?.setSize({ width: this.width(), height }));
    resize.observe(root);
    this.cleanups.push(
      () => resize.disconnect(),
      source.subscribe(() => this.redrawSoon()),
      onThemeChange(() => this.rebuild()),
    );
    this.redraw();
  }

  destroy(): void {
    cancelAnimationFrame(this.queued);
    this.cleanups.forEach((clean) => clean());
    this.plot?.destroy();
    this.root.replaceChildren();
  }

  private redrawSoon(): void {
    cancelAnimationFrame(this.queued);
    this.queued = requestAnimationFrame(() => this.redraw());
  }

  private redraw(): void {
    this.frame = this.source.read();
    const shape = this.frame.lines.map(({ label }) => label).join("\n");
    if (!this.plot || shape !== this.shape) {
      this.shape = shape;
      this.rebuild();
      return;
    }
    this.plot.setData(this.data());
    this.showValues();
  }

  private rebuild(): void {
    this.plot?.destroy();
    const colours = palette(this.root, this.frame.lines.length);
    this.plot = new uPlot(this.options(colours), this.data(), this.canvas);
    const shown = this.frame.lines.length <= mostLegible ? this.frame.lines : [];
    this.legend.setLines(shown.map(({ label }, index) => ({ label, ...style(index, colours) })));
    this.showValues();
  }

  private showValues(): void {
    const at = this.plot?.cursor.idx;
    const time = at === null || at === undefined ? undefined : this.frame.times[at];
    this.legend.show(
      time === undefined ? "" : clockTime(time * 1_000),
      this.frame.lines.map((line) => (time === undefined ? latest(line) : (line.values[at ?? 0] ?? null))),
    );
  }

  private data(): uPlot.AlignedData {
    return [this.frame.times, ...this.frame.lines.map(({ values }) => values)];
  }

  private width(): number {
    return Math.max(200, this.root.clientWidth);
  }

  private options(colours: string[]): uPlot.Options {
    const quiet = resolveColour(this.root, "--color-quiet");
    const line = resolveColour(this.root, "--color-grid");
    const font = `11px ${getComputedStyle(this.root).fontFamily}`;
    const axis = { stroke: quiet, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
    const only = this.frame.lines.length === 1;
    return {
      width: this.width(),
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: "host" }, drag: { x: false, y: false }, points: { size: 6 }, y: false },
      scales: {
        x: { time: true, range: () => this.source.span() },
        y: { range: (_, min, max) => valueRange(this.scale, min, max) },
      },
      axes: [
        { ...axis, size: 24, gap: 4, space: 38, values: timeLabels },
        {
          ...axis,
          size: 68,
          gap: 6,
          splits: valueSplits,
          values: (_, splits) => splits.map((value) => this.scale.format(value)),
        },
      ],
      series: [
        {},
        ...this.frame.lines.map(({ label }, index) => {
          const { colour, dash } = style(index, colours);
          const fill = only ? { fill: `color-mix(in srgb, ${colour} 14%, transparent)` } : {};
          return { label, stroke: colour, width: 1.5, dash, points: { show: false }, ...fill };
        }),
      ],
      hooks: { setCursor: [() => this.showValues()] },
    };
  }
}

/** Colours repeat after six lines; from there on dashes tell them apart. */
function style(index: number, colours: string[]): { colour: string; dash: number[] } {
  const dashes = [[], [6, 3], [2, 3]];
  return {
    colour: colours[index % colours.length] ?? "currentColor",
    dash: dashes[Math.floor(index / colours.length) % dashes.length] ?? [],
  };
}

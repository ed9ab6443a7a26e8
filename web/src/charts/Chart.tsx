import { useEffect, useRef, useState } from "react";
import { IconButton } from "../ui/Button";
import { ChartTable } from "./ChartTable";
import { ChartView } from "./ChartView";
import type { FrameSource, Scale } from "./source";

interface ChartProps {
  id: string;
  title: string;
  source: FrameSource;
  scale: Scale;
}

/** A chart in its card, which can be read as a table instead. */
export function Chart({ id, title, source, scale }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section
      aria-label={title}
      data-testid={`host-chart-${id}`}
      className="min-w-0 rounded-lg border border-line bg-surface px-3 pt-1 pb-3"
    >
      <header className="flex h-9 items-center justify-between gap-2">
        <h2 className="truncate text-sm" title={title}>
          {title}
        </h2>
        <IconButton
          icon={asTable ? "chart" : "table"}
          label={asTable ? `${title}: show as a chart` : `${title}: show as a table`}
          data-testid={`chart-table-${id}`}
          onClick={() => setAsTable(!asTable)}
        />
      </header>
      {asTable ? (
        <ChartTable title={title} source={source} format={scale.format} />
      ) : (
        <Drawing title={title} source={source} scale={scale} />
      )}
    </section>
  );
}

function Drawing({ title, source, scale }: Omit<ChartProps, "id">) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!root.current) return;
    const view = new ChartView(root.current, source, scale);
    return () => view.destroy();
  }, [scale, source]);
  return <div ref={root} role="img" aria-label={`${title}, drawn. The table holds the same figures.`} />;
}

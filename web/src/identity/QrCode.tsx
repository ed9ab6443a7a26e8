import { useEffect, useRef } from "react";
import { readDrawing } from "./drawing";

/** Draws the server's QR code on white, whatever the theme: scanners want dark on light. */
export function QrCode({ svg, label }: { svg: string; label: string }) {
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const drawing = readDrawing(svg);
    if (drawing) frame.current?.replaceChildren(drawing);
  }, [svg]);

  return (
    <div
      ref={frame}
      role="img"
      aria-label={label}
      className="size-[168px] rounded-md border border-line bg-[#fff] p-2 text-[#000] [&>svg]:size-full"
    />
  );
}

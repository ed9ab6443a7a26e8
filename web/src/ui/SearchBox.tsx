import { useEffect, useRef } from "react";
import { Icon } from "./Icon";

interface SearchBoxProps {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  testId: string;
}

/** A page's search; the slash key leads to it. */
export function SearchBox({ label, placeholder, text, onText, testId }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      if (event.key !== "/" || target?.closest("input, textarea, select, dialog")) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  return (
    <div className="relative w-full sm:w-64">
      <span className="pointer-events-none absolute top-2 left-2 text-quiet">
        <Icon name="search" />
      </span>
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => onText(event.target.value)}
        data-testid={testId}
        className="h-8 w-full rounded-md border border-edge bg-surface pr-7 pl-8 text-sm placeholder:text-quiet"
      />
      <kbd className="pointer-events-none absolute top-1.5 right-2 rounded-sm border border-line px-1.5 font-mono text-xs leading-[18px] text-quiet max-sm:hidden">
        /
      </kbd>
    </div>
  );
}

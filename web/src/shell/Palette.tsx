import { useId, useState, type KeyboardEvent } from "react";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { PaletteDialog } from "./PaletteDialog";
import { usePaletteItems } from "./usePaletteItems";

/** Ctrl-K: every page, host and action by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const items = usePaletteItems(text);
  const chosen = Math.min(at, items.length - 1);
  const listId = useId();

  const run = (index: number) => {
    const item = items[index];
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      setAt((chosen + step + items.length) % items.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <PaletteDialog onClose={onClose}>
      <div className="flex items-center gap-2 border-b border-line px-3 text-quiet">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label="Page, host or action"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items[chosen] ? `${listId}-${chosen}` : undefined}
          placeholder="Page, host or action"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          data-testid="palette-input"
          className="h-11 w-full bg-transparent text-ink outline-none placeholder:text-quiet"
        />
      </div>
      <div id={listId} role="listbox" aria-label="Results" className="grid max-h-80 overflow-y-auto p-1">
        {items.map((item, index) => (
          // The input keeps the focus and the keys; the pointer is the other way.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={item.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            data-testid="palette-item"
            onClick={() => run(index)}
            onPointerMove={() => setAt(index)}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: "nearest" });
            }}
            className={classes(
              "flex h-9 cursor-pointer items-center gap-2 rounded-md px-2",
              index === chosen && "bg-accent-soft",
            )}
          >
            <span className="min-w-0 flex-1 truncate">{item.label}</span>
            <span className="text-xs text-quiet">{item.kind}</span>
          </div>
        ))}
        {items.length === 0 && <p className="px-2 py-3 text-quiet">Nothing has that name.</p>}
      </div>
    </PaletteDialog>
  );
}

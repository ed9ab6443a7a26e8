/** Tags in the order given; what does not fit is cut, and the title holds them all. */
export function Tags({ tags, onPick }: { tags: readonly string[]; onPick?: (tag: string) => void }) {
  if (tags.length === 0) return null;
  return (
    <span
      className="flex min-w-0 gap-1 overflow-hidden [mask-image:linear-gradient(to_right,#000_calc(100%-24px),transparent)]"
      title={tags.join(", ")}
    >
      {tags.map((tag) =>
        onPick ? (
          <button
            key={tag}
            type="button"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onPick(tag);
            }}
            className={`${look} hover:border-edge hover:text-ink`}
          >
            {tag}
          </button>
        ) : (
          <span key={tag} className={look}>
            {tag}
          </span>
        ),
      )}
    </span>
  );
}

const look =
  "max-w-40 shrink-0 truncate rounded-sm border border-line bg-sunken px-1.5 text-xs leading-[18px] text-quiet";

/** The product's mark: a hull with its bulkheads. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      className="shrink-0 text-accent"
    >
      <path
        d="M3 5h18v7c0 4-3.5 6.5-9 8-5.5-1.5-9-4-9-8z"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
      <path d="M9 5v13.500M15 5v13.500M3 12h18" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

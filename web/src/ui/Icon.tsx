import type { ReactNode } from "react";

const shapes = {
  plus: <path d="M8 3v10M3 8h10" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4" />
      <path d="m10 10 3.5 3.5" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.5 3.5 3.500L13 4.5" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.500v-3h-8v8h3" />
    </>
  ),
  more: (
    <>
      <circle cx="3" cy="8" r=".8" />
      <circle cx="8" cy="8" r=".8" />
      <circle cx="13" cy="8" r=".8" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.500v1.500M8 13v1.500M1.5 8H3M13 8h1.500M3.4 3.400l1 1M11.6 11.600l1 1M12.6 3.400l-1 1M4.4 11.600l-1 1" />
    </>
  ),
  moon: <path d="M13 9.500A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.500z" />,
  system: (
    <>
      <rect x="2" y="3" width="12" height="8" rx="1" />
      <path d="M6 14h4" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.5" r="2.5" />
      <path d="M3 13.500c.6-2.7 2.5-4 5-4s4.4 1.3 5 4" />
    </>
  ),
  back: <path d="m10 3-5 5 5 5" />,
  table: <path d="M2 3.500h12v9H2zM2 6.500h12M2 9.500h12M6.5 6.500v6" />,
  chart: <path d="M2 2.500v11h12M4.5 10l3-4 2.5 2.5 3.5-5" />,
  download: <path d="M8 2.500v8M4.5 7.5 8 11l3.5-3.500M3 13.500h10" />,
  key: (
    <>
      <circle cx="5" cy="8" r="3" />
      <path d="M8 8h6v2.500M11.5 8v2" />
    </>
  ),
  phone: (
    <>
      <rect x="4.5" y="1.5" width="7" height="13" rx="1.5" />
      <path d="M7 12.500h2" />
    </>
  ),
  warning: <path d="M8 2.5 14.5 13.500h-13zM8 6.500v3.500M8 11.600v.4" />,
  shield: <path d="M8 1.8 13.5 3.500v4c0 3.2-2.2 5.4-5.5 6.7-3.3-1.3-5.5-3.5-5.5-6.700v-4z" />,
  menu: <path d="M2.5 4.500h11M2.5 8h11M2.5 11.500h11" />,
  people: (
    <>
      <circle cx="6" cy="5.5" r="2.5" />
      <path d="M1.5 13.500c.5-2.7 2.2-4 4.500-4s4 1.300 4.500 4M10.5 3.200a2.5 2.5 0 0 1 0 4.600M12 9.800c1.400.5 2.200 1.800 2.500 3.700" />
    </>
  ),
  hosts: <path d="M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.1M5 11h.1" />,
  settings: <path d="M2 4.500h6M11 4.500h3M2 11.500h3M8 11.500h6M9.5 3v3M6.5 10v3" />,
  building: <path d="M3.5 13.500v-11h6v11M9.5 6.500h3v7M2 13.500h12M5.5 5h2M5.5 7.500h2M5.5 10h2" />,
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.500" rx="1" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  arrow: <path d="M3 8h10M9 4l4 4-4 4" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      {shapes[name]}
    </svg>
  );
}

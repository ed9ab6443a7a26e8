import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { Account } from "../api/types";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { destinationsOf } from "./destinations";

/** The pages side by side, where there is room for them. */
export function MainNav({ account }: { account: Account }) {
  return (
    <nav aria-label="Main" className="ml-3 flex max-md:hidden">
      {destinationsOf(account).map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          className="inline-flex h-12 items-center border-b-2 border-transparent px-2 whitespace-nowrap text-quiet hover:text-ink"
          activeProps={{ className: "!border-accent !text-ink font-medium" }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** The same behind one button, where there is not. */
export function NavMenu({ account }: { account: Account }) {
  const navigate = useNavigate();
  const here = useLocation().pathname;
  return (
    <nav aria-label="Main" className="md:hidden">
      <Menu label="Pages" trigger={<Icon name="menu" />} testId="nav-menu">
        {(close) =>
          destinationsOf(account).map(({ to, label, icon }) => (
            <MenuItem
              key={to}
              icon={icon}
              current={here === to || here.startsWith(`${to}/`)}
              testId={`nav-${to.slice(1)}`}
              onSelect={() => {
                close();
                void navigate({ to });
              }}
            >
              {label}
            </MenuItem>
          ))
        }
      </Menu>
    </nav>
  );
}

import { Icon, type IconName } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { chooseTheme, useTheme, type Theme } from "../ui/theme";

const themes: [Theme, string, IconName][] = [
  ["light", "Light", "sun"],
  ["dark", "Dark", "moon"],
  ["system", "As the system", "system"],
];

export function ThemeMenu() {
  const current = useTheme();
  const icon = themes.find(([theme]) => theme === current)?.[2] ?? "system";
  return (
    <Menu label="Theme" trigger={<Icon name={icon} />} testId="theme-menu">
      {(close) =>
        themes.map(([theme, label, symbol]) => (
          <MenuItem
            key={theme}
            icon={symbol}
            checked={theme === current}
            testId={`theme-${theme}`}
            onSelect={() => {
              chooseTheme(theme);
              close();
            }}
          >
            {label}
          </MenuItem>
        ))
      }
    </Menu>
  );
}

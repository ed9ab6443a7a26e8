import { permissionWords } from "../access/permissionWords";
import type { Token } from "../api/accessTypes";
import { Badge } from "../ui/Badge";
import { counted } from "../ui/format";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { RelativeTime, TimeLeft } from "../ui/RelativeTime";
import { Rows, type Column } from "../ui/Rows";
import { Standing } from "../ui/Standing";
import type { TokenAction } from "./TokenDialog";

const name: Column<Token> = {
  id: "name",
  label: "Name",
  cell: (token) => <span className="break-words">{token.name}</span>,
};

const owner: Column<Token> = {
  id: "owner",
  label: "Owner",
  cell: ({ owner: { kind, name: who } }) => (
    <span className="flex flex-wrap items-center gap-1.5">
      <span className="break-words">{who}</span>
      {kind === "service" && <Badge title="A program’s own account">service</Badge>}
    </span>
  ),
};

const others: readonly Column<Token>[] = [
  {
    id: "scopes",
    label: "May do",
    cell: ({ scopes }) => (
      <span title={scopes.map(permissionWords).join("\n")}>
        {scopes.length === 1 && scopes[0] ? permissionWords(scopes[0]) : counted(scopes.length, "permission")}
      </span>
    ),
  },
  {
    id: "networks",
    label: "From",
    cell: ({ networks }) =>
      networks.length === 0 ? (
        <span className="text-quiet">Anywhere</span>
      ) : (
        <span className="grid font-mono text-xs">
          {networks.map((network) => (
            <span key={network} className="break-all">
              {network}
            </span>
          ))}
        </span>
      ),
    className: "max-lg:hidden",
  },
  {
    id: "used",
    label: "Last used",
    cell: ({ lastUsedAt, lastUsedAddress }) =>
      lastUsedAt ? (
        <span className="flex flex-wrap gap-x-2">
          <RelativeTime time={lastUsedAt} />
          {lastUsedAddress && (
            <span className="font-mono text-xs leading-5 text-quiet">{lastUsedAddress}</span>
          )}
        </span>
      ) : (
        <span className="text-quiet">Never</span>
      ),
  },
  { id: "state", label: "State", cell: (token) => <State token={token} /> },
];

interface TokenListProps {
  tokens: readonly Token[];
  withOwner: boolean;
  onChoose: (action: TokenAction, token: Token) => void;
}

const withOwners = [name, owner, ...others];
const withoutOwners = [name, ...others];

export function TokenList({ tokens, withOwner, onChoose }: TokenListProps) {
  return (
    <Rows
      label="API tokens"
      columns={withOwner ? withOwners : withoutOwners}
      rows={tokens}
      actions={(token) => <TokenMenu token={token} onChoose={onChoose} />}
      testId="tokens"
      rowTestId="token-row"
    />
  );
}

function State({ token }: { token: Token }) {
  switch (token.state) {
    case "active":
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <Standing tone="good" state="active">
            Active
          </Standing>
          <span className="text-xs text-quiet">
            {token.expiresAt ? (
              <>
                expires <TimeLeft time={token.expiresAt} />
              </>
            ) : (
              "never expires"
            )}
          </span>
        </span>
      );
    case "disabled":
      return (
        <Standing tone="stopped" state="disabled">
          Stopped
        </Standing>
      );
    case "expired":
      return (
        <Standing tone="over" state="expired">
          Expired
        </Standing>
      );
  }
}

interface TokenMenuProps {
  token: Token;
  onChoose: (action: TokenAction, token: Token) => void;
}

function TokenMenu({ token, onChoose }: TokenMenuProps) {
  return (
    <Menu label={`Actions for ${token.name}`} trigger={<Icon name="more" />} testId="token-menu">
      {(close) => {
        const choose = (action: TokenAction) => () => {
          close();
          onChoose(action, token);
        };
        return (
          <>
            <MenuItem onSelect={choose("edit")} testId="token-edit">
              Rename, change networks…
            </MenuItem>
            {token.state === "active" && (
              <MenuItem onSelect={choose("disable")} testId="token-disable">
                Stop…
              </MenuItem>
            )}
            {token.state === "disabled" && (
              <MenuItem onSelect={choose("enable")} testId="token-enable">
                Let it work again…
              </MenuItem>
            )}
            <MenuItem danger onSelect={choose("delete")} testId="token-delete">
              Delete…
            </MenuItem>
          </>
        );
      }}
    </Menu>
  );
}

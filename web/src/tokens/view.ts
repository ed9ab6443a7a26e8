/** What the page shows, kept in the address. */
export interface TokensView {
  q?: string;
  /** Whether only the own tokens are shown, to those who see all. */
  mine?: boolean;
  /** Whether the dialog for a new token is open. */
  new?: boolean;
}

export function readTokensView(search: Record<string, unknown>): TokensView {
  const view: TokensView = {};
  const { q } = search;
  if (typeof q === "string" || typeof q === "number") view.q = String(q);
  if (search.mine === true) view.mine = true;
  if (search.new === true) view.new = true;
  return view;
}

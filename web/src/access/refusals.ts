import { ApiError } from "../api/client";

interface Refusal {
  title: string;
  detail: string;
}

/** What the rules about people and tenants refuse, each with the way out. */
const refusals: Record<string, Refusal> = {
  last_owner: {
    title: "This is the last owner",
    detail: "A tenant needs one. Make somebody else an owner first, then try again.",
  },
  own_account: {
    title: "Nobody changes their own role",
    detail: "Ask another owner or admin to do it: what you give yourself nobody has checked.",
  },
  beyond_own_role: {
    title: "This is more than your own role allows",
    detail:
      "You can give and take only what you have yourself. Ask an owner, or choose a smaller role or scope.",
  },
  changed_meanwhile: {
    title: "Somebody else changed this meanwhile",
    detail: "Nothing was saved. Look at what is there now, then decide again.",
  },
  last_platform_operator: {
    title: "This is the last platform operator",
    detail: "The installation needs one. Make somebody else a platform operator first.",
  },
  own_tenant: {
    title: "This is your own tenant",
    detail: "You would shut yourself out. Its owner can delete it under Settings.",
  },
  slug_taken: {
    title: "Another tenant has this short name",
    detail: "Choose another one. A deleted tenant keeps its short name until its data is removed.",
  },
  last_factor: {
    title: "This is your last second factor",
    detail: "Without one nobody could sign in to this account. Add another one first, then remove this.",
  },
  network_taken: {
    title: "This network is on the list already",
    detail: "Look for it in the list: it may be turned off.",
  },
  would_lock_out: {
    title: "You would shut yourself out",
    detail: "Your own address would no longer be allowed, so nothing was changed. Allow it first.",
  },
  forbidden: {
    title: "Your role no longer allows this",
    detail: "It was changed while this page was open. An owner or admin can tell you more.",
  },
  not_found: {
    title: "This is no longer there",
    detail: "Somebody removed it while this page was open. Close this to see what is there now.",
  },
};

/** The words for a refusal that this page knows more about than the server's own title says. */
export function findRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const known = refusals[error.code];
  if (known) return known;
  if (error.code === "group_in_use") {
    return {
      title: "Somebody’s role is limited to this group",
      detail: `${error.problem.detail ?? ""} Change their scope under People first.`.trim(),
    };
  }
  return undefined;
}

/** The server's word on one field of a form. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.problem.errors?.find((one) => one.field.split(/[.[]/)[0] === field)?.message;
}

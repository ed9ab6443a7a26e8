import type { JoinFailureCause } from "../api/types";

interface Words {
  title: string;
  remedy: string;
}

/** Failures that reach the server, which names them. */
export const causes: Record<JoinFailureCause, Words> = {
  expired: {
    title: "The code had expired",
    remedy: "Make a new code and run the new line within 15 minutes.",
  },
  used: {
    title: "The code had been used already",
    remedy:
      "Each code admits one host. If it was not you, look for an unknown host in the list and remove it.",
  },
  clock_off: {
    title: "The host’s clock is wrong",
    remedy: "Set it (for example timedatectl set-ntp true), then run the same line again.",
  },
  refused: {
    title: "The server refused the host",
    remedy: "The code was altered or belongs to another installation. Copy the whole line again.",
  },
  bad_request: {
    title: "The agent’s request could not be read",
    remedy: "Agent and server may be of different versions. Update the agent, then run the line again.",
  },
};

/** Failures that happen before the server hears anything; the agent names them in the same words. */
export const unheard: readonly Words[] = [
  {
    title: "name not resolved",
    remedy:
      "The host’s DNS does not know the server’s name. Start the server with --link-address and an IP address.",
  },
  {
    title: "connection refused or timed out",
    remedy: "A firewall is between them, or the agent link listens on loopback only.",
  },
  {
    title: "wrong pin",
    remedy:
      "Another server, or something that opens TLS on the way, answered at that address. The agent sent it nothing. Check the address.",
  },
];

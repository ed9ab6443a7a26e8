import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { createJoinCode, deleteJoinCode, joinStatusQuery } from "../api/joinCodes";
import type { JoinOffer, JoinStatus } from "../api/types";
import { writeJoinCode } from "./joinCode";
import { makeJoinSecret } from "./secret";

interface Invitation {
  offer: JoinOffer;
  code: string;
}

export interface Join {
  invitation: Invitation | undefined;
  error: unknown;
  status: JoinStatus | undefined;
  again: () => void;
}

/** One join code at a time: made when asked for, taken back when the page no longer waits for it. */
export function useJoin(tags: readonly string[]): Join {
  // As one string, so that an equal list is no reason for another code.
  const wantedTags = tags.join(" ");
  const [attempt, setAttempt] = useState(0);
  const [invitation, setInvitation] = useState<Invitation>();
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    let wanted = true;
    const made = invite(wantedTags.split(" ").filter(Boolean));
    made.then(
      (one) => wanted && setInvitation(one),
      (cause: unknown) => wanted && setError(cause),
    );
    return () => {
      wanted = false;
      // A used code is gone already; then there is nothing to take back.
      made.then(({ offer }) => deleteJoinCode(offer.id)).catch(() => undefined);
    };
  }, [attempt, wantedTags]);

  const id = invitation?.offer.id ?? "";
  const status = useQuery({ ...joinStatusQuery(id), enabled: id !== "" }).data;
  const again = useCallback(() => {
    setInvitation(undefined);
    setError(undefined);
    setAttempt((count) => count + 1);
  }, []);
  return { invitation, error, status, again };
}

async function invite(tags: readonly string[]): Promise<Invitation> {
  const { secret, digest } = await makeJoinSecret();
  const offer = await createJoinCode(digest, tags);
  const { tenant, id, link } = offer;
  const code = await writeJoinCode({
    tenant,
    caFingerprint: link.caFingerprint,
    secret,
    joinId: id,
    addresses: link.addresses,
  });
  return { offer, code };
}

import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** Leads to the sign-in page, which leads back here. */
export function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const here = router.latestLocation;
    // This frame may still stand while the sign-in page is on its way.
    if (here.pathname === "/sign-in") return;
    void router.navigate({ to: "/sign-in", search: { next: here.href }, replace: true });
  }, [router]);
  return null;
}

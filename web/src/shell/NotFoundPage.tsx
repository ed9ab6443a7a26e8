import { Link } from "@tanstack/react-router";
import { usePageTitle } from "../ui/usePageTitle";
import { Gate } from "./Gate";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <Gate title="There is no such page">
      <p className="text-quiet" data-testid="not-found">
        The address may be mistyped, or what it showed has been removed.
      </p>
      <Link to="/hosts" className="link w-fit">
        Go to the hosts
      </Link>
    </Gate>
  );
}

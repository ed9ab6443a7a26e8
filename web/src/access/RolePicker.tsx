import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { rolesQuery } from "../api/people";
import type { RoleCode } from "../api/types";
import { Button } from "../ui/Button";
import { Checkbox } from "../ui/Checkbox";
import { Failure } from "../ui/Notice";
import { Skeleton } from "../ui/Skeleton";
import { roleNames, roleWords } from "./roleWords";

interface RolePickerProps {
  value: RoleCode | undefined;
  onChange: (role: RoleCode) => void;
}

/** The roles that the asker may give, each with what it is for. */
export function RolePicker({ value, onChange }: RolePickerProps) {
  const roles = useQuery(rolesQuery);
  const name = useId();
  if (roles.isError) {
    return (
      <Failure error={roles.error} action={<Button onClick={() => void roles.refetch()}>Try again</Button>} />
    );
  }
  if (!roles.data) return <Skeleton className="h-32 w-full" />;
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-1 text-sm font-medium">Role</legend>
      {roles.data
        .filter(({ grantable }) => grantable)
        .map(({ code }) => (
          <Checkbox
            key={code}
            type="radio"
            name={name}
            label={roleNames[code]}
            hint={roleWords[code]}
            checked={value === code}
            onChange={() => onChange(code)}
            data-testid={`role-${code}`}
          />
        ))}
    </fieldset>
  );
}

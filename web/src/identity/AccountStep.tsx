import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { ApiError } from "../api/client";
import type { FactorOffer } from "../api/types";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Failure } from "../ui/Notice";
import type { Entrance } from "./entrance";
import { NewPassword } from "./NewPassword";
import { usePasswordVerdict } from "./usePasswordVerdict";

interface AccountStepProps {
  entrance: Entrance;
  ceremony: string;
  onDone: (offer: FactorOffer) => void;
  onRestart: () => void;
}

export function AccountStep({ entrance, ceremony, onDone, onRestart }: AccountStepProps) {
  const [name, setName] = useState("");
  const [tenantName, setTenantName] = useState("");
  const [password, setPassword] = useState("");
  const verdict = usePasswordVerdict(entrance.checkPassword, password, name);
  const create = useMutation({
    mutationFn: () =>
      entrance.createAccount(ceremony, { name: name.trim(), tenantName: tenantName.trim(), password }),
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const problem = create.error instanceof ApiError ? create.error.problem : undefined;
  const fieldError = (field: string) => problem?.errors?.find((error) => error.field === field)?.message;
  const nameTaken = problem?.code === "name_taken";

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label="Your name"
        hint="You sign in with it."
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={nameTaken ? "Somebody here has this name already. Choose another one." : fieldError("name")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={64}
        data-testid="setup-name"
      />
      {entrance.makesTenant && (
        <Field
          label="Organisation"
          hint="Shown in the top bar. It can be changed later."
          value={tenantName}
          onChange={(event) => setTenantName(event.target.value)}
          error={fieldError("tenantName")}
          autoComplete="organization"
          required
          maxLength={64}
          data-testid="setup-tenant"
        />
      )}
      <NewPassword
        label="Password"
        value={password}
        onChange={setPassword}
        verdict={verdict}
        error={fieldError("password")}
        testId="setup-password"
      />
      {create.error && !nameTaken && (
        <Failure error={create.error} action={<Button onClick={onRestart}>{entrance.restart}</Button>} />
      )}
      <Button
        type="submit"
        look="primary"
        busy={create.isPending}
        disabled={verdict?.accepted === false}
        data-testid="setup-owner-submit"
      >
        Continue
      </Button>
    </form>
  );
}

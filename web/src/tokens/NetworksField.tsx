import { Field } from "../ui/Field";

interface NetworksFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

export function NetworksField({ value, onChange, error }: NetworksFieldProps) {
  return (
    <Field
      label="Only from these networks"
      hint="Optional. Separated by commas, for example 10.4.0.0/16, 2001:db8::/32. Empty means from anywhere."
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      autoCapitalize="none"
      spellCheck={false}
      mono
      data-testid="token-networks"
    />
  );
}

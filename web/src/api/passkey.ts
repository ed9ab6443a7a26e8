/** WebAuthn as JSON, both ways; the browser does the encoding. */

export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
}

export function passkeysWork(): boolean {
  return (
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function"
  );
}

export async function createPasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await ask(() => navigator.credentials.create({ publicKey }));
  return credential.toJSON() as RegistrationResponseJSON;
}

export async function askForPasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await ask(() => navigator.credentials.get({ publicKey }));
  return credential.toJSON() as AuthenticationResponseJSON;
}

async function ask(prompt: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let credential: Credential | null;
  try {
    credential = await prompt();
  } catch (error) {
    throw new PasskeyError(explain(error));
  }
  if (credential instanceof PublicKeyCredential) return credential;
  throw new PasskeyError("The browser returned no passkey. Try again, or use another way.");
}

function explain(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
      return "The passkey prompt was closed or ran out of time. Try again when you are ready.";
    case "InvalidStateError":
      return "This authenticator already holds a passkey for this account.";
    case "SecurityError":
      return "Passkeys need this page under the name that the server was set up with, over HTTPS or on localhost.";
    default:
      return "The browser could not use a passkey here. Try again, or use another way.";
  }
}

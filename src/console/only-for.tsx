// What a role may not do is shown, disabled, with the reason. The verbs enforce it; this only says it before.
import type { Child } from "hono/jsx";
import type { StaffScope } from "../partners/credentials.ts";
import type { Guest } from "../partners/sessions.ts";
import { mayDo } from "./role.ts";

interface OnlyForProps {
  readonly guest: Guest;
  readonly scope: StaffScope;
  readonly children: Child;
}

export function OnlyFor({ guest, scope, children }: OnlyForProps) {
  if (mayDo(guest, scope)) return <>{children}</>;
  return (
    <fieldset disabled class="not-yours">
      <legend>Needs the role {scope}</legend>
      {children}
    </fieldset>
  );
}

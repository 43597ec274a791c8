// What the gateway refused, shown where it was asked: the reason, and what to do next.
import type { Refused } from "./ask.ts";

export function RefusedNote({ refused }: { readonly refused: Refused }) {
  return (
    <div class="refused" role="alert">
      <p>
        <strong>{refused.status === 403 ? "Your role may not do this." : "This was refused."}</strong> {refused.detail}
      </p>
      {refused.problems.length === 0 ? null : (
        <ul>
          {refused.problems.map(({ pointer, reason }) => (
            <li>
              <code>{pointer}</code> {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

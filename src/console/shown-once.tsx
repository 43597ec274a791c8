// Secrets that are on this page and nowhere else.

interface ShownOnceProps {
  readonly key_id?: string;
  /** By the wire's own names. */
  readonly secrets: Readonly<Record<string, string>>;
}

export function ShownOnce({ key_id: id, secrets }: ShownOnceProps) {
  return (
    <div class="note" role="status">
      <p>
        <strong>Shown once.</strong> Copy it now; nobody can read it again.
      </p>
      <dl class="facts">
        {id === undefined ? null : (
          <div>
            <dt>Id</dt>
            <dd>
              <code>{id}</code>
            </dd>
          </div>
        )}
        {Object.entries(secrets).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

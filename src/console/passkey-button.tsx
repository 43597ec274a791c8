// The button that asks the device for a passkey; where the host has no name, what to open instead.

interface PasskeyButtonProps {
  /** Where the device's answer goes. */
  readonly path: string;
  readonly text: string;
  /** Address of the page that shows it. */
  readonly at: string;
}

/** A passkey belongs to the name of a host: browsers give none to an address of numbers. */
export function PasskeyButton({ path, text, at }: PasskeyButtonProps) {
  const url = new URL(at);
  const isNumbers = /^[\d.]+$|^\[/.test(url.hostname);
  if (isNumbers) return <NameNeeded url={url} />;
  return (
    <p>
      <button type="button" class="quiet" data-passkey={path}>
        {text}
      </button>
      <span role="status" data-passkey-said />
    </p>
  );
}

function NameNeeded({ url }: { readonly url: URL }) {
  const isHere = /^(127\.[\d.]+|\[::1\])$/.test(url.hostname);
  const named = `${url.protocol}//localhost${url.port === "" ? "" : `:${url.port}`}${url.pathname}`;
  return (
    <p class="muted">
      Passkeys belong to the name of a host, and <code>{url.hostname}</code> is none.{" "}
      {isHere ? (
        <>
          Open <a href={named}>{named}</a> for them, and sign in there.
        </>
      ) : (
        "Open the gateway by its name for them."
      )}
    </p>
  );
}

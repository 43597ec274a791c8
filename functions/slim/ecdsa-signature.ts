// In place of the ASN.1 reader of `@simplewebauthn/server`: the one structure that is left to be read, an ECDSA signature.

/** `r` and `s` with their sign bytes, as the package evens them out for WebCrypto. */
export class ECDSASigValue {
  readonly r: Uint8Array<ArrayBuffer>;
  readonly s: Uint8Array<ArrayBuffer>;

  constructor(r: Uint8Array<ArrayBuffer>, s: Uint8Array<ArrayBuffer>) {
    this.r = r;
    this.s = s;
  }
}

export const AsnParser = { parse: readSignature };

const [sequence, integer] = [0x30, 0x02];

/** DER (RFC 3279, 2.2.3): a sequence of two integers and nothing after it; throws for all else. */
function readSignature(bytes: Uint8Array<ArrayBuffer>): ECDSASigValue {
  const whole = readPart(bytes, 0, sequence);
  const r = readPart(bytes, whole.start, integer);
  const s = readPart(bytes, r.end, integer);
  if (s.end !== whole.end || whole.end !== bytes.length) throw new Error("not a signature: more than r and s");
  return new ECDSASigValue(bytes.slice(r.start, r.end), bytes.slice(s.start, s.end));
}

/** Lengths up to 255 bytes, twice what the longest curve needs. */
function readPart(bytes: Uint8Array, at: number, tag: number): { readonly start: number; readonly end: number } {
  const isLong = bytes[at + 1] === 0x81;
  const start = at + (isLong ? 3 : 2);
  const length = bytes[start - 1];
  if (bytes[at] !== tag || length === undefined || length === 0 || length > 127 !== isLong)
    throw new Error("not a signature: not DER");
  return { start, end: start + length };
}

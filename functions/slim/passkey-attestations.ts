// In place of the package's checks of what a maker of authenticators attests: the gateway asks for none, so that a browser sends
// none, or what the new key itself has signed. A certificate is refused, and with it goes all that reads certificates.
import { isCOSEAlg } from "../../node_modules/@simplewebauthn/server/esm/helpers/cose.js";
import type { AttestationStatement } from "../../node_modules/@simplewebauthn/server/esm/helpers/decodeAttestationObject.js";
import { isoUint8Array } from "../../node_modules/@simplewebauthn/server/esm/helpers/iso/index.js";
import { runtimeSupportsWebCryptoKeyAlg } from "../../node_modules/@simplewebauthn/server/esm/helpers/iso/isoCrypto/runtimeSupportsWebCryptoKeyAlg.js";
import { verifySignature } from "../../node_modules/@simplewebauthn/server/esm/helpers/verifySignature.js";

type Bytes = Uint8Array<ArrayBuffer>;

interface Attested {
  readonly attStmt: AttestationStatement;
  readonly authData: Bytes;
  readonly clientDataHash: Bytes;
  readonly credentialPublicKey: Bytes;
}

/** Self attestation (Web Authentication, 8.2): signed by the new key itself. Throws where a certificate comes with it. */
export async function verifyAttestationPacked(attested: Attested): Promise<boolean> {
  const { attStmt, authData, clientDataHash, credentialPublicKey } = attested;
  const [signature, alg] = [attStmt.get("sig"), attStmt.get("alg")];
  if (attStmt.get("x5c") !== undefined) return refuseCertificate();
  if (signature === undefined || alg === undefined || !isCOSEAlg(alg)) throw new Error("nothing is signed");
  const data = isoUint8Array.concat([authData, clientDataHash]);
  return verifySignature({ signature, data, credentialPublicKey, hashAlgorithm: alg });
}

function refuseCertificate(): never {
  throw new Error("passkeys are taken without the attestation of a maker");
}

/** The package's settings without the root certificates of makers. */
export const SettingsService = {
  getRootCertificates: (): readonly string[] => [],
  runtimeSupportsPQC: (): boolean => runtimeSupportsWebCryptoKeyAlg("ML-DSA-44"),
};

export {
  refuseCertificate as convertX509PublicKeyToCOSE,
  refuseCertificate as verifyAttestationAndroidKey,
  refuseCertificate as verifyAttestationAndroidSafetyNet,
  refuseCertificate as verifyAttestationApple,
  refuseCertificate as verifyAttestationFIDOU2F,
  refuseCertificate as verifyAttestationTPM,
};

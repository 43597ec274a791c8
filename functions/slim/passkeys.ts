// What the bundle takes of `@simplewebauthn/server`: the calls of `src/partners/passkeys.ts`, from the package's own files.
export { generateAuthenticationOptions } from "../../node_modules/@simplewebauthn/server/esm/authentication/generateAuthenticationOptions.js";
export { verifyAuthenticationResponse } from "../../node_modules/@simplewebauthn/server/esm/authentication/verifyAuthenticationResponse.js";
export { generateRegistrationOptions } from "../../node_modules/@simplewebauthn/server/esm/registration/generateRegistrationOptions.js";
export { verifyRegistrationResponse } from "../../node_modules/@simplewebauthn/server/esm/registration/verifyRegistrationResponse.js";

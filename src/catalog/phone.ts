// Mobile numbers of the two countries: from what people type to the canonical national number.
import { type MetadataJson, parsePhoneNumberFromString } from "libphonenumber-js/core";
import { foldDigits } from "./digits.ts";
import plans from "./phone-metadata.json" with { type: "json" };
import type { Country } from "./product.ts";

const metadata: MetadataJson = {
  version: plans.version,
  country_calling_codes: { 91: ["IN"], 880: ["BD"] },
  countries: plans.countries,
  nonGeographic: {},
};

/**
 * `national` is the number without its trunk zero. India is wider than libphonenumber's list of ranges, which lags
 * behind new ones. In Bangladesh 011 is dead, and 010 and 012 were never given to an operator that is sold here.
 */
const mobileNumbers = {
  IN: { callingCode: "91", national: /^[6-9]\d{9}$/, canonicalPrefix: "" },
  BD: { callingCode: "880", national: /^1[3-9]\d{8}$/, canonicalPrefix: "0" },
} as const satisfies Record<Country, { callingCode: string; national: RegExp; canonicalPrefix: string }>;

export type MobileReading =
  | { readonly kind: "mobile"; readonly number: string }
  | { readonly kind: "other_country" }
  | { readonly kind: "malformed" };

/**
 * Reads a mobile number that was typed for `country`: Bengali and Devanagari digits, spaces, dashes, a trunk zero and
 * the country code (`+91`, `0091`, `91`) are understood. Canonical: ten digits in India, eleven with zero in Bangladesh.
 */
export function readMobile(raw: string, country: Country): MobileReading {
  if (raw.length > 64) return { kind: "malformed" };
  const typed = foldDigits(raw).trim();
  if (!/^\+?\d(?:[ -]*\d)+$/.test(typed)) return { kind: "malformed" };
  const digits = typed.replaceAll(/[ -]/g, "");
  const { callingCode, national, canonicalPrefix } = mobileNumbers[country];
  // Canonical already, as most are: nothing is left to parse.
  const bare = digits.startsWith(canonicalPrefix) ? digits.slice(canonicalPrefix.length) : "";
  if (national.test(bare)) return { kind: "mobile", number: digits };
  const parsed = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false }, metadata);
  if (parsed === undefined) return { kind: "malformed" };
  if (parsed.countryCallingCode !== callingCode) return { kind: "other_country" };
  if (!national.test(parsed.nationalNumber)) return { kind: "malformed" };
  return { kind: "mobile", number: `${canonicalPrefix}${parsed.nationalNumber}` };
}

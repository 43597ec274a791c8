// Indian prepaid, postpaid, DTH, data card and landline (seed backnpay, section 2 and its last table).
import { fieldSpec } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { FieldName, NumberForm, Product, Service } from "./product.ts";

interface Row {
  readonly brand: string;
  readonly name: string;
  /** Key of the id and name for people of one of several products of a brand and service. */
  readonly variant?: readonly [key: string, name: string];
}

/** How each service is keyed; electricity billers differ one by one and have their own file. */
const forms = {
  prepaid: { form: "in_mobile", label: "Mobile No", word: "prepaid", fields: [] },
  postpaid: { form: "in_mobile", label: "Mobile No", word: "postpaid", fields: [] },
  dth: { form: "in_dth", label: "Subscriber ID", word: "DTH", fields: [] },
  datacard: { form: "in_datacard", label: "Data card No", word: "data card", fields: [] },
  landline: { form: "in_landline", label: "Landline No", word: "landline", fields: ["std_code"] },
} as const satisfies Record<
  Exclude<Service, "electricity">,
  { form: NumberForm; label: string; word: string; fields: readonly FieldName[] }
>;

const prepaid: readonly Row[] = [
  { brand: "aircel", name: "Aircel" },
  { brand: "airtel", name: "Airtel" },
  { brand: "bsnl", name: "BSNL" },
  { brand: "bsnl", name: "BSNL", variant: ["validity", "Validity"] },
  { brand: "bsnl", name: "BSNL", variant: ["special", "Special"] },
  { brand: "idea", name: "Idea" },
  { brand: "loop", name: "Loop Mobile" },
  { brand: "mts", name: "MTS" },
  { brand: "reliance", name: "Reliance" },
  { brand: "reliance-gsm", name: "Reliance GSM" },
  { brand: "reliance-cdma", name: "Reliance CDMA" },
  { brand: "docomo-cdma", name: "Tata Docomo CDMA" },
  { brand: "docomo", name: "Tata Docomo" },
  { brand: "docomo", name: "Tata Docomo", variant: ["special", "Special"] },
  { brand: "mtnl-mumbai", name: "MTNL Mumbai" },
  { brand: "mtnl", name: "MTNL" },
  { brand: "mtnl", name: "MTNL", variant: ["talktime", "Talktime"] },
  { brand: "mtnl", name: "MTNL", variant: ["special", "Special"] },
  { brand: "uninor", name: "Uninor" },
  { brand: "uninor", name: "Uninor", variant: ["special", "Special"] },
  { brand: "videocon", name: "Videocon" },
  { brand: "videocon", name: "Videocon", variant: ["special", "Special"] },
  { brand: "vodafone", name: "Vodafone" },
  { brand: "jio", name: "Reliance Jio" },
  { brand: "jio", name: "Reliance Jio", variant: ["special", "Special"] },
];

const dth: readonly Row[] = [
  { brand: "airtel", name: "Airtel" },
  { brand: "dishtv", name: "Dish TV" },
  { brand: "sundirect", name: "Sun Direct" },
  { brand: "tatasky", name: "Tata Sky" },
  { brand: "videocon", name: "Videocon D2H" },
  { brand: "bigtv", name: "BIG TV / Reliance Digital TV" },
];

const datacard: readonly Row[] = [
  { brand: "mts", name: "MTS", variant: ["mblaze", "MBlaze"] },
  { brand: "mts", name: "MTS", variant: ["mbrowse", "MBrowse"] },
  { brand: "reliance", name: "Reliance", variant: ["netconnect-1x", "NetConnect 1X"] },
  { brand: "reliance", name: "Reliance", variant: ["netconnect-3g", "NetConnect 3G"] },
  { brand: "reliance", name: "Reliance", variant: ["netconnect-plus", "NetConnect+"] },
  { brand: "tata", name: "Tata", variant: ["photon-whiz", "Photon Whiz"] },
  { brand: "tata", name: "Tata", variant: ["photon-plus", "Photon+"] },
];

const postpaid: readonly Row[] = [
  { brand: "airtel", name: "Airtel" },
  { brand: "aircel", name: "Aircel" },
  { brand: "bsnl", name: "BSNL" },
  { brand: "idea", name: "Idea" },
  { brand: "loop", name: "Loop Mobile" },
  { brand: "docomo-cdma", name: "Tata Docomo CDMA" },
  { brand: "docomo", name: "Tata Docomo" },
  { brand: "vodafone", name: "Vodafone" },
  { brand: "reliance", name: "Reliance" },
  { brand: "jio", name: "Reliance Jio" },
];

const landline: readonly Row[] = [
  { brand: "airtel", name: "Airtel" },
  { brand: "bsnl", name: "BSNL" },
  { brand: "mtnl-delhi", name: "MTNL Delhi" },
  { brand: "mtnl", name: "MTNL" },
  { brand: "reliance", name: "Reliance" },
  { brand: "tikona", name: "Tikona" },
  { brand: "tatawalky", name: "Tata Walky" },
];

function indian(service: keyof typeof forms, row: Row): Product {
  const { form, label, word, fields } = forms[service];
  const [variant, variantName] = row.variant ?? [null, null];
  return {
    id: `in.${row.brand}.${service}${variant === null ? "" : `-${variant}`}`,
    country: "IN",
    operator: row.brand,
    operatorName: row.name,
    service,
    variant,
    name: `${row.name} ${word}${variantName === null ? "" : ` ${variantName}`}`,
    currency: "INR",
    ...limitsOf("IN", service),
    numberForm: form,
    numberLabel: label,
    fields: fields.map(fieldSpec),
    prefixes: null,
  };
}

/** Tikona sells broadband: its postpaid account is no mobile number, although the seed lists it beside mobiles. */
const tikonaPostpaid: Product = {
  ...indian("postpaid", { brand: "tikona", name: "Tikona" }),
  numberForm: "consumer_digits",
  numberLabel: "Account No",
};

export const indianTelecomProducts: readonly Product[] = [
  ...prepaid.map((row) => indian("prepaid", row)),
  ...postpaid.map((row) => indian("postpaid", row)),
  tikonaPostpaid,
  ...dth.map((row) => indian("dth", row)),
  ...datacard.map((row) => indian("datacard", row)),
  ...landline.map((row) => indian("landline", row)),
];

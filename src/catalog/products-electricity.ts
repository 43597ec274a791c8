// The 34 electricity billers of India; number and fields as the Value column of seed backnpay, section 2, demands.
import { fieldSpec } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { FieldName, Product } from "./product.ts";

interface Biller {
  readonly brand: string;
  readonly name: string;
  readonly label: string;
  /** Whether the biller's accounts may hold letters; the seed is silent, a bill of the biller shows it. */
  readonly letters?: true;
  readonly fields?: readonly FieldName[];
}

const billers: readonly Biller[] = [
  { brand: "apcpdcl", name: "APCPDCL", label: "Service No", fields: ["district"] },
  { brand: "apdcl", name: "APDCL", label: "Consumer No" },
  { brand: "apnpdcl", name: "APNPDCL", label: "Consumer No", fields: ["circle_code"] },
  { brand: "apspdcl", name: "APSPDCL", label: "Service No", fields: ["district", "ero"] },
  { brand: "bescom", name: "BESCOM", label: "Consumer ID or RR No", letters: true, fields: ["sub_division"] },
  { brand: "best", name: "BEST Undertaking", label: "Account No", letters: true },
  { brand: "bses-rajdhani", name: "BSES Rajdhani Power Ltd", label: "CA No" },
  { brand: "bses-yamuna", name: "BSES Yamuna Power Limited", label: "CA No" },
  { brand: "cesc", name: "CESC", label: "Consumer No", fields: ["month"] },
  { brand: "cesu", name: "CESU", label: "Consumer No", letters: true, fields: ["division"] },
  { brand: "csbe", name: "CSBE", label: "Business Partner No" },
  { brand: "dgvcl", name: "DGVCL", label: "Consumer No" },
  { brand: "bhbvn", name: "BHBVN", label: "K Number", letters: true },
  { brand: "dvvnl", name: "DVVNL", label: "Account ID" },
  { brand: "jdvvnl", name: "JDVVNL", label: "K Number" },
  { brand: "jvvnl", name: "JVVNL", label: "K Number" },
  { brand: "mgvcl", name: "MGVCL", label: "Consumer No" },
  { brand: "mpeb", name: "MPEB", label: "IVRS No or Service No", letters: true },
  { brand: "mesb", name: "MESB", label: "Account No", fields: ["billing_unit"] },
  { brand: "mvvnl", name: "MVVNL", label: "Account No" },
  { brand: "nbpdcl", name: "NBPDCL", label: "Consumer ID or Account No", fields: ["division"] },
  { brand: "ncpl", name: "NCPL", label: "Consumer No", fields: ["bill_no"] },
  { brand: "pgvcl", name: "PGVCL", label: "Consumer No" },
  { brand: "pspcl", name: "PSPCL", label: "Account No", letters: true },
  { brand: "pvvvnl", name: "PVVVNL", label: "Account No" },
  { brand: "pvvnl", name: "PVVNL", label: "Connection No", letters: true, fields: ["book_no", "district"] },
  { brand: "reliance-energy", name: "Reliance Energy Limited", label: "CA No", fields: ["cycle_no"] },
  { brand: "sbpdcl", name: "SBPDCL", label: "Consumer ID or Account No", fields: ["division"] },
  { brand: "sikkim", name: "Sikkim Energy and Power", label: "Consumer No", letters: true, fields: ["bill_no"] },
  { brand: "tata-power", name: "Tata Power", label: "Consumer No" },
  { brand: "tata-power-delhi", name: "Tata Power Delhi Distribution Limited", label: "CA No" },
  { brand: "torrent", name: "Torrent Power", label: "Service No", fields: ["city"] },
  { brand: "ugvcl", name: "UGVCL", label: "Consumer No" },
  { brand: "upcl", name: "UPCL", label: "Service Connection No or K No", letters: true },
];

function electricity(biller: Biller): Product {
  return {
    id: `in.${biller.brand}.electricity`,
    country: "IN",
    operator: biller.brand,
    operatorName: biller.name,
    service: "electricity",
    variant: null,
    name: `${biller.name} electricity`,
    currency: "INR",
    ...limitsOf("IN", "electricity"),
    numberForm: biller.letters === true ? "consumer_account" : "consumer_digits",
    numberLabel: biller.label,
    fields: (biller.fields ?? []).map(fieldSpec),
    prefixes: null,
  };
}

export const electricityProducts: readonly Product[] = billers.map(electricity);

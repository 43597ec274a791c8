// The six operators of Bangladesh with their prefixes, prepaid and postpaid (seed nurr, "Operator Codes").
import { limitsOf } from "./limits.ts";
import type { Product, Service } from "./product.ts";

const operators = [
  { brand: "grameenphone", name: "Grameenphone", prefixes: ["017", "013"] },
  { brand: "skitto", name: "Grameenphone Skitto", prefixes: ["017", "013"] },
  { brand: "banglalink", name: "Banglalink", prefixes: ["019", "014"] },
  { brand: "robi", name: "Robi", prefixes: ["018"] },
  { brand: "airtel", name: "Airtel", prefixes: ["016"] },
  { brand: "teletalk", name: "Teletalk", prefixes: ["015"] },
] as const;

function bangladeshi(operator: (typeof operators)[number], service: Service): Product {
  return {
    id: `bd.${operator.brand}.${service}`,
    country: "BD",
    operator: operator.brand,
    operatorName: operator.name,
    service,
    variant: null,
    name: `${operator.name} ${service}`,
    currency: "BDT",
    ...limitsOf("BD", service),
    numberForm: "bd_mobile",
    numberLabel: "Mobile No",
    fields: [],
    prefixes: operator.prefixes,
  };
}

export const bangladeshProducts: readonly Product[] = operators.flatMap((operator) => [
  bangladeshi(operator, "prepaid"),
  bangladeshi(operator, "postpaid"),
]);

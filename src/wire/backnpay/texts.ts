// The words of backnpay, spelled as the seed spells them (section 5): clients match on the misprints.

export const backnpayTexts = {
  loginFailed: "Login Failed",
  insufficientBalance: "Insufficiant Balance",
  incompleteParameter: "Inavlid or Incomplete parameter",
  repeatRequest: "Repeat Request within Specific Time",
  invalidAmount: "Invalid Refill Amount",
  invalidAccountNumber: "Invalid Acount Number",
} as const;

export type BacknpayText = keyof typeof backnpayTexts;

/** Which documented text this is, whatever its case and the blanks around it; null for any other. */
export function findBacknpayText(text: string | null): BacknpayText | null {
  const wanted = (text ?? "").trim().toLowerCase();
  for (const [key, known] of Object.entries(backnpayTexts))
    if (known.toLowerCase() === wanted && isBacknpayText(key)) return key;
  return null;
}

function isBacknpayText(key: string): key is BacknpayText {
  return key in backnpayTexts;
}

/** What `MSG` says beside a balance (seed, section 4). */
export const balanceMessage = "Remaining Balance";

// A reward programme as staff send it.

export const onWire = {
  points: [
    { product: "*", basis_points: 50 },
    { product: "bd.skitto.prepaid", fixed: "0.07" },
  ],
  levels: [
    { id: 1, key: "silver", from: "0.00" },
    { id: 2, key: "gold", from: "100.00" },
  ],
  offers: [
    {
      id: "summer",
      product: "*",
      currency: "INR",
      amount_from: "10.00",
      amount_to: "500.00",
      starts_at: "2026-01-01T00:00:00.000Z",
      ends_at: "2026-02-01T00:00:00.000Z",
      per_recharge: "5.00",
      per_partner: null,
      basis_points: 200,
    },
  ],
  budgets: [{ currency: "INR", amount: "1000.00" }],
};

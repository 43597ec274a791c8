// The upstream of the bench: a backnpay server that answers success at once and keeps nothing.

export default {
  fetch(request: Request): Response {
    const query = new URL(request.url).searchParams;
    return Response.json({
      STATUS: "SUCCESS",
      MOBILE: query.get("mob") ?? "",
      AMOUNT: query.get("amt") ?? "",
      RPID: `R${query.get("agentid") ?? ""}`,
      AGENTID: query.get("agentid") ?? "",
      OPID: "OP0123456789",
      BAL: 1_000_000,
      MSG: "Recharge Successful",
    });
  },
};

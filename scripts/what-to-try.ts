// What `npm start` prints: commands that work as they stand.

export function whatToTry(at: {
  gateway: string;
  simulator: string;
  /** Signs in once, within 15 minutes. */
  consoleLink: string;
  statePath: string;
}): string {
  const key = '-H "Authorization: Bearer rk_test_demo"';
  const recharge = (agentId: string, product: string, number: string, amount: string): string =>
    `curl -s ${key} -H "Content-Type: application/json" ${at.gateway}/v1/recharges -d '${JSON.stringify({ agent_id: agentId, product, number, amount })}'`;
  return `
The gateway runs on ${at.gateway}, the simulator of the upstreams on ${at.simulator}.
Console: ${at.consoleLink}
  (this link signs you in once, within 15 minutes)
Sandbox partner: API key rk_test_demo. Staff token: in ${at.statePath}/staff-token. Stop with ctrl-C.

A recharge through each of the three protocols (backnpay, aopay, nurr):
  ${recharge("first-1", "in.airtel.prepaid", "9826386400", "20.00")}
  ${recharge("first-2", "in.jio.prepaid", "9876543200", "20.00")}
  ${recharge("first-3", "bd.grameenphone.prepaid", "01712345600", "20.00")}

What became of the money:
  curl -s ${key} ${at.gateway}/v1/balance
  curl -s ${key} ${at.gateway}/v1/statement
  curl -s ${key} "${at.gateway}/v1/events?after=0"

What the upstreams executed:
  curl -s ${at.simulator}/journal

The last two digits of the number choose what the simulator does (docs/simulator.md).
API reference: ${at.gateway}/docs
`;
}

// The grammar of agent ids, the same on all surfaces (`lists.md`, below "Refusals").

export function isAgentId(text: string): boolean {
  return /^[A-Za-z0-9._:-]{1,64}$/.test(text);
}

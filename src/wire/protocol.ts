// The closed list of wire APIs that we speak, as client and as server.

export const protocols = ["backnpay", "aopay", "nurr"] as const;
export type Protocol = (typeof protocols)[number];

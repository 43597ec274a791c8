// A product's code at a protocol, and how far that code can be trusted.

/** `documented`: printed in the seed. `inferred`: read out of a sample. `certified`: staff have seen it work at a provider. */
export type Provenance = "documented" | "inferred" | "certified";

export interface ProductCode {
  readonly product: string;
  readonly code: string;
  readonly table: "numeric" | "alphabetic" | "aopay" | "nurr";
  readonly provenance: Provenance;
  /** The seed gives the code to several products, or prints it doubtfully: off at a provider until staff certify it. */
  readonly shared: boolean;
}

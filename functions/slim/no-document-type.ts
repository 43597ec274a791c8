// In place of what `fast-xml-parser` has for document types: a reply with one is refused before it is parsed
// (`src/wire/backnpay/reply.ts`), so that none of its entities is ever read or judged.

/** Reads none. */
export default class DocTypeReader {
  setXmlVersion(): void {}

  readDocType(): never {
    throw new Error("no document type is read");
  }
}

/** Of an entity that a document type names: never allowed. */
export const isUnsafe = (): boolean => true;

/** The contexts that it is asked for. */
export const [HTML, XML] = ["html", "xml"];

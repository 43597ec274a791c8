// What global set-ups provide to tests.
import "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    libsqlUrl: string;
  }
}

// The little of autocannon that the bench uses; the package brings no types.
declare module "autocannon" {
  interface Request {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string;
  }
  interface Options {
    url: string;
    connections: number;
    /** Seconds; or `amount` requests. */
    duration?: number;
    amount?: number;
    requests: (Request & { setupRequest(request: Request): Request })[];
  }
  interface Result {
    "2xx": number;
    non2xx: number;
    errors: number;
    timeouts: number;
    /** Seconds, whole ones where the run was of so many requests. */
    duration: number;
    /** Milliseconds. */
    latency: { p50: number; p99: number };
  }
  interface Run extends Promise<Result> {
    on(event: "response", listener: () => void): void;
  }
  export default function autocannon(options: Options): Run;
}

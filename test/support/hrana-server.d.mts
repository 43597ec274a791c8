// Types of the libSQL server of the tests.
export function startHranaServer(): Promise<{ readonly url: string; close(): Promise<void> }>;

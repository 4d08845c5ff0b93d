import type { Page } from '@playwright/test';
import type { Reply } from '@shared/contract-kit';

/** What the preload script leaves in the page. */
export interface Bridge {
  call(name: string, input: unknown, callId: string): Promise<Reply>;
  abort(callId: string): void;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

let calls = 0;

/** One call over the page's own bridge, as a script in the page could make it. */
export function callFromPage(page: Page, name: string, input?: unknown): Promise<Reply> {
  calls += 1;
  return page.evaluate(
    ([name, input, id]) => (window as unknown as { patronus: Bridge }).patronus.call(name, input, id),
    [name, input, `test ${calls}`] as const,
  );
}

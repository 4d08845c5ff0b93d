import type { Page } from '@playwright/test';

/** The Replication place: the tree, who could take over, lag, findings, what a server says. */
export const replication = (page: Page) => ({
  member: (node: string) => page.getByTestId(`member-${node}`),
  /** State of the link that leads to each server, by the words beside its arrow. */
  links: () =>
    page.locator('[data-link]').evaluateAll((all) => all.map((link) => link.getAttribute('data-link'))),
  /** "db-b can" */
  candidates: () =>
    page
      .locator('[data-testid^="candidate-"]')
      .evaluateAll((rows) =>
        rows.map((row) => `${row.querySelector('th')?.textContent} ${row.getAttribute('data-verdict')}`),
      ),
  verdict: (node: string) => page.getByTestId(`verdict-${node}`),
  finding: page.getByTestId('finding'),
  lag: page.getByTestId('lag'),
  says: (node: string) => page.getByTestId(`says-${node}`),
  checked: page.getByTestId('checked'),
  compare: page.getByTestId('compare'),
  drift: (subject: string) => page.getByTestId(`drift-${subject}`),
});

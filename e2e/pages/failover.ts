import type { Page } from '@playwright/test';

/** The failover page: the look, what would be lost, what speaks against it, the way to the lever. */
export const failover = (page: Page) => ({
  page: page.getByTestId('failover-page'),
  looking: page.getByTestId('looking'),
  look: page.getByTestId('failover-look'),
  title: page.getByTestId('failover-page').getByRole('heading', { level: 1 }),
  standing: page.getByTestId('standing'),
  age: page.getByTestId('picture-age'),
  again: page.getByTestId('look-again'),
  loss: page.getByTestId('loss-statement'),
  figure: page.getByTestId('loss-statement').getByTestId('loss-figure'),
  gtids: page.getByTestId('loss-gtids'),
  tables: page.getByTestId('lost-tables'),
  rows: page.getByTestId('lost-rows'),
  salvage: page.getByTestId('salvage'),
  waiting: page.getByTestId('waiting'),
  isolation: page.getByTestId('isolation'),
  oldPrimary: page.getByTestId('old-primary'),
  choice: page.getByTestId('choice'),
  refused: page.getByTestId('refused-plan'),
  brief: page.getByTestId('brief'),
  toLever: page.getByTestId('to-lever'),
  /** "db-b 0 2": server, missing, to apply. */
  ranking: () =>
    page.locator('[data-testid="ranking"] tbody').evaluateAll((all) =>
      all.map((one) => {
        const cells = [...(one.querySelector('tr')?.children ?? [])].map((cell) => cell.textContent);
        return `${one.getAttribute('data-node')} ${cells[3]} ${cells[2]}`;
      }),
    ),
  /** "stop-service can" */
  fences: () =>
    page
      .locator('[data-testid="fences"] li')
      .evaluateAll((all) =>
        all.map((one) => `${one.getAttribute('data-kind')} ${one.getAttribute('data-can')}`),
      ),
});

/** The rejoin page: what a server holds alone, the ways back, the plan of one. */
export const rejoin = (page: Page) => ({
  open: (node: string) => page.getByTestId(`open-rejoin-${node}`),
  look: page.getByTestId('rejoin-look'),
  history: page.getByTestId('history'),
  way: (name: string) => page.getByTestId(`way-${name}`),
  /** "attach can true": way, whether it can, whether it is recommended. */
  ways: () =>
    page
      .locator('[data-testid="rejoin-ways"] > li')
      .evaluateAll((all) =>
        all.map((one) =>
          ['data-way', 'data-can', 'data-recommended'].map((name) => one.getAttribute(name)).join(' '),
        ),
      ),
});

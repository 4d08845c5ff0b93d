import type { Page } from '@playwright/test';

/** The Runs place: the list, one run with its steps, what was sent, the way back, and what may be done. */
export const runs = (page: Page) => ({
  list: page.getByTestId('runs-list'),
  row: (id: string) => page.locator(`[data-testid="runs-list"] tr[data-run="${id}"]`),
  run: page.getByTestId('run'),
  status: page.getByTestId('run-status'),
  steps: page.getByTestId('run-steps'),
  step: (id: string) => page.getByTestId(`run-step-${id}`),
  /** "10 done", in the order of the list. */
  states: () =>
    page
      .locator('[data-testid="run-steps"] [data-state]')
      .evaluateAll((rows) =>
        rows.map(
          (row) => `${row.querySelector('.step-number')?.textContent} ${row.getAttribute('data-state')}`,
        ),
      ),
  panel: page.getByTestId('step-panel'),
  resume: page.getByTestId('resume'),
  log: page.getByTestId('sent-log'),
  undoStack: page.getByTestId('undo-stack'),
  ways: page.getByTestId('run-ways'),
  way: (name: string) => page.getByTestId(`way-${name}`),
  /** What the annunciator says of a run that is not over. */
  announced: page.getByTestId('ann-run'),
  /** Names of the ways that are offered. */
  offered: () =>
    page
      .locator('[data-testid^="way-"]')
      .evaluateAll((all) => all.map((one) => (one.getAttribute('data-testid') ?? '').slice('way-'.length))),
});

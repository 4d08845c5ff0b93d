import type { Page } from '@playwright/test';

/** Plan: the verdict, the steps with their durations, and the numbers they stand on. */
export const plan = (page: Page) => {
  const row = (path: string) => page.getByTestId(`assumption-${path}`);
  const form = page.getByTestId('assumption-form');
  return {
    root: page.getByTestId('plan'),
    verdict: page.getByTestId('verdict'),
    steps: page.getByTestId('steps').locator('tr.step'),
    step: (id: string) => page.getByTestId(`step-${id}`),
    row,
    form,
    /** Goes to one of its parts: overview, assumptions, targets, readiness, timeline, what-if. */
    async tab(name: string) {
      await page.getByTestId(`tab-${name}`).click();
      await page.locator(`[data-testid="tab-${name}"][aria-selected="true"]`).waitFor();
    },
    /** Types a value for an assumption; it is not kept yet. */
    async type(path: string, value: string) {
      await row(path).locator('.row-button').click();
      await form.getByRole('textbox').first().fill(value);
    },
    async save() {
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
    },
  };
};

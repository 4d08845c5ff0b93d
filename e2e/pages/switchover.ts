import type { Page } from '@playwright/test';

/** Arming, the switchover page, and the part of it over which main lays its own surface. */
export const switchover = (page: Page) => ({
  page: page.getByTestId('switchover-page'),
  chip: page.getByTestId('arm'),
  choose: (node: string) => page.getByTestId(`choose-${node}`),
  refused: page.getByTestId('refused-plan'),
  /** Codes of the reasons against the plan. */
  reasons: () =>
    page
      .locator('[data-testid="refused-plan"] li')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-code'))),
  steps: page.getByTestId('plan-steps'),
  facts: page.getByTestId('lever-facts'),
  loss: page.getByTestId('loss'),
  place: page.getByTestId('lever-place'),
  again: page.getByTestId('lever-again'),
  leave: page.getByTestId('lever-leave'),
  /** Arms, or disarms, by the chip in the title bar. */
  async arm(on: boolean) {
    await page.getByTestId('arm').click();
    await page.getByTestId(on ? 'arm-on' : 'arm-off').click();
    await page.locator(`[data-testid="arm"][data-armed="${on}"]`).waitFor();
  },
  /** From the Replication place to the plan. */
  async open(node: string) {
    await page.getByTestId('open-switchover').click();
    await page.getByTestId(`choose-${node}`).click();
  },
});

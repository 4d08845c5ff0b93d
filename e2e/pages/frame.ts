import type { Locator, Page } from '@playwright/test';

export type Place = 'topology' | 'replication' | 'plan' | 'runs' | 'journal';
export const PLACES: readonly Place[] = ['topology', 'replication', 'plan', 'runs', 'journal'];

/** What is around every place: rail, annunciator, palette, status line. */
export const frame = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1 }),
  main: (place: Place) => page.getByTestId(`main-${place}`),
  newest: page.getByTestId('newest'),
  seen: page.locator('.ann-seen'),
  status: page.getByTestId('status-line'),
  count: (of: 'critical' | 'attention' | 'unknown') => page.getByTestId(`count-${of}`),
  palette: page.getByTestId('palette'),
  keys: page.getByTestId('keys-dialog'),
  question: page.getByTestId('question'),
  /** Goes to a place by its key. */
  async go(place: Place) {
    await page.keyboard.press(`${PLACES.indexOf(place) + 1}`);
    await page.getByTestId(`main-${place}`).waitFor();
  },
  /** Finds something in the palette and takes it. */
  async take(words: string) {
    await page.keyboard.press('Control+K');
    await page.getByTestId('palette').getByRole('combobox').fill(words);
    await page.keyboard.press('Enter');
    await page.getByTestId('palette').waitFor({ state: 'hidden' });
  },
});

/** The texts of the cells of each row of a table's body. */
export const rowsOf = (table: Locator): Promise<string[][]> =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()),
      ),
    );

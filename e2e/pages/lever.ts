import type { ElectronApplication, Page } from '@playwright/test';

const URL = 'app://lever/';

/** Main's own surface: a view over the page, and a page of its own for whoever drives it. */
export const lever = (page: Page) => ({
  page,
  title: page.getByRole('heading', { level: 1 }),
  name: page.getByTestId('lever-name'),
  hint: page.getByTestId('lever-hint'),
  readings: page.getByTestId('lever-readings'),
  accounts: page.getByTestId('lever-accounts'),
  act: page.getByTestId('lever-act'),
  why: page.getByTestId('lever-why'),
  leave: page.getByTestId('lever-leave'),
  error: page.getByRole('alert'),
  /** A key after which the surface may be gone, before the key comes up again. */
  press: (key: string) => page.keyboard.press(key).catch(() => undefined),
  /** Leaves by the button, after which the surface may be gone before the click has come to its end. */
  goAway: () =>
    page
      .getByTestId('lever-leave')
      .click()
      .catch((thrown: unknown) => {
        if (!page.isClosed()) throw thrown;
      }),
  /** Is there a button that would act? */
  isOpen: async () => (await page.getByTestId('lever-act').getAttribute('aria-disabled')) === 'false',
});

/** Whether the surface is there. */
export const leverIsThere = (app: ElectronApplication): boolean =>
  app.windows().some((page) => !page.isClosed() && page.url() === URL);

/** The surface, when it has come. */
export async function leverOf(app: ElectronApplication) {
  const there = app.windows().find((page) => !page.isClosed() && page.url() === URL);
  const page = there ?? (await app.waitForEvent('window', { predicate: (one) => one.url() === URL }));
  await page.getByTestId('lever-leave').waitFor();
  return lever(page);
}

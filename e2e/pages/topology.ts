import type { Page } from '@playwright/test';
import { frame, rowsOf } from './frame';

/** Health as the screen shows it of each server, by node id. */
export type Healths = Record<string, string>;

/** The graph, its table and what is drawn in it. */
export const topology = (page: Page) => ({
  graph: page.getByTestId('graph'),
  node: (id: string) => page.getByTestId(`node-${id}`),
  links: page.getByTestId('graph').getByTestId('link'),
  /** The numbers of the request path that are lit now, in order. */
  async stops(): Promise<string[]> {
    const texts = await page.getByTestId('graph').locator('.stop').allTextContents();
    return texts.flatMap((text) => text.trim().split(' ')).sort();
  },
  /** Every server on the screen, and how it is. */
  healths: (): Promise<Healths> =>
    page
      .locator('.box-node')
      .evaluateAll((boxes) =>
        Object.fromEntries(
          boxes.map((box) => [
            box.getAttribute('data-box') ?? '',
            box.querySelector('.card')?.getAttribute('data-health') ?? '',
          ]),
        ),
      ),
  /** How each link is drawn. */
  linkStates: (): Promise<string[]> =>
    page
      .getByTestId('graph')
      .getByTestId('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('data-state') ?? '')),
  tables: page.getByTestId('tables'),
  nodeRows: () => rowsOf(page.getByTestId('tables').locator('table').nth(0)),
  linkRows: () => rowsOf(page.getByTestId('tables').locator('table').nth(1)),
  /** Opens the evidence of a server; it stays open where it was. */
  async open(id: string) {
    await page.evaluate((node) => {
      window.location.hash = `#/topology/${encodeURIComponent(node)}`;
    }, id);
    await page.getByTestId('drawer').getByRole('heading', { name: id, exact: true, level: 2 }).waitFor();
    return drawer(page);
  },
  /** Back to the whole picture. */
  async whole() {
    await page.evaluate(() => {
      window.location.hash = '#/topology';
    });
    await page.getByTestId('drawer').waitFor({ state: 'hidden' });
  },
  /** Looks at a host now, as a person asks for it. */
  look: (host: string) => frame(page).take(`Look at ${host} now`),
});

/** The evidence drawer. */
export const drawer = (page: Page) => {
  const root = page.getByTestId('drawer');
  return {
    root,
    error: root.getByTestId('error'),
    unreachable: root.getByTestId('unreachable'),
    /** A finding, folded or open. */
    finding: (code: string) => root.locator(`[data-code="${code}"]`),
    fact: (id: string) => root.getByTestId(`fact-${id}`),
    factRow: (id: string) => root.locator('tr', { has: page.getByTestId(`fact-${id}`) }),
    evidence: root.getByTestId('evidence'),
    raw: root.getByTestId('raw'),
    links: root.locator('.link-list li'),
    /** Every command and statement that the drawer lists. */
    sent: root.locator('.evidence-list button'),
  };
};

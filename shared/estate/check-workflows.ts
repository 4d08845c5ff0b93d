import type { Mistake, RawPath } from './mistake';
import type { Estate } from './schema';

/** Steps count 1, 2, 3 …, and each travels a link that joins its two ends, in either direction. */
export function checkWorkflows(estate: Estate): Mistake[] {
  const links = new Map(estate.links.map((link) => [link.id, link]));
  return estate.workflows.flatMap(({ steps }, i) =>
    steps.flatMap((step, j): Mistake[] => {
      const at = (key: string): RawPath => ['workflows', i, 'steps', j, key];
      const found: Mistake[] = [];
      if (step.n !== j + 1)
        found.push(
          wrong(
            at('n'),
            `this is step ${j + 1}, but its number is ${step.n}`,
            `Number the steps 1 to ${steps.length}.`,
          ),
        );
      const link = links.get(step.link ?? '');
      const joins = link && [link.from, link.to].sort().join() === [step.from, step.to].sort().join();
      if (link && !joins)
        found.push(
          wrong(
            at('link'),
            `the link \`${link.id}\` joins ${link.from} and ${link.to}, not ${step.from} and ${step.to}`,
            'Name the link that joins the two ends of the step.',
          ),
        );
      if (step.link === undefined && step.from !== step.to)
        found.push(
          wrong(
            at('to'),
            `a step from ${step.from} to ${step.to} must say which link it travels`,
            'Add `link`; only work inside one service has none.',
          ),
        );
      return found;
    }),
  );
}

const wrong = (path: RawPath, message: string, remedy: string): Mistake => ({
  code: 'E_ESTATE_STEPS',
  path,
  at: 'value',
  message,
  remedy,
  params: { detail: message },
});

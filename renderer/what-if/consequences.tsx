import type { Statement, WhatIf, WhatIfFigure } from '@shared/views/what-if';
import type { ReactNode } from 'react';
import { keyed } from '../ui/keyed';
import { type Mark, Shape } from '../ui/marks';
import { useWords } from '../words';
import { OpenFigure } from './open-figure';

const MARK_OF = {
  works: 'ok',
  slower: 'attention',
  sometimes: 'attention',
  broken: 'critical',
} as const satisfies Record<WhatIf['workflows'][number]['verdict'], Mark>;

/** What the changes come to: what breaks for whom, what is lost, how long, who carries it, and what it leaves of the month. */
export function Consequences({
  whatIf,
  titleOf,
  onInput,
}: {
  whatIf: WhatIf;
  /** What an input is called. */
  titleOf: (path: string) => string;
  onInput: (path: string) => void;
}) {
  const { planScreen } = useWords();
  const words = planScreen.whatIf;
  return (
    <>
      <section className="section">
        <h2 className="what-if-verdict" data-testid="what-if-verdict">
          {whatIf.verdict}
        </h2>
      </section>
      <Part title={words.workflows} some={whatIf.workflows}>
        {whatIf.workflows.map((workflow) => (
          <p key={workflow.id} className="what-if-says">
            <Shape mark={MARK_OF[workflow.verdict]} /> <strong>{workflow.title}</strong> · {workflow.text}
          </p>
        ))}
      </Part>
      <Statements title={words.breaks} list={whatIf.breaks} />
      <Statements title={words.takeovers} list={whatIf.takeovers} />
      <Statements title={words.losses} list={whatIf.losses} />
      <Part title={words.outages} some={whatIf.outages}>
        {whatIf.outages.map((outage) => (
          <table key={outage.service} className="table table-tight">
            <tbody>
              <Row title={outage.title} figure={outage.total} strong />
              {outage.parts.map(({ part, figure }) => (
                <Row key={part} title={words.part[part]} figure={figure} />
              ))}
            </tbody>
          </table>
        ))}
      </Part>
      <Statements title={words.loads} list={whatIf.loads} />
      <Part title={words.availability} some={whatIf.availability}>
        {whatIf.availability.map(({ workflow, title, rows }) => (
          <table key={workflow} className="table table-tight">
            <caption>{title}</caption>
            <tbody>
              {rows.map((row) => (
                <tr key={row.of}>
                  <th scope="row">{row.title}</th>
                  <td className="right">
                    <OpenFigure figure={row.availability} />
                  </td>
                  <td className="right">
                    <OpenFigure figure={row.perMonth} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </Part>
      <Part title={words.allowances} some={whatIf.allowances}>
        <table className="table table-tight">
          <tbody>
            {whatIf.allowances.map(({ requirement, title, allowed, left }) => (
              <tr key={requirement}>
                <th scope="row">{title}</th>
                <td className="right">
                  <OpenFigure figure={allowed} />
                </td>
                <td className="right">{left && <OpenFigure figure={left} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      {whatIf.plan && (
        <Part title={words.plan} some={[whatIf.plan]}>
          <p>
            <OpenFigure figure={whatIf.plan.before} /> → <OpenFigure figure={whatIf.plan.after} />
          </p>
        </Part>
      )}
      <Part title={words.unanswered} some={whatIf.unanswered}>
        {whatIf.unanswered.map(({ title, missing }) => (
          <div key={title} className="what-if-says">
            <p>
              <Shape mark="unknown" /> {title}
            </p>
            <ul className="what-if-inputs">
              {missing.map((path) => (
                <li key={path}>
                  <button type="button" className="link-button" onClick={() => onInput(path)}>
                    {titleOf(path)}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Part>
    </>
  );
}

/** A part with its heading; without anything in it, it is not there. */
function Part({ title, some, children }: { title: string; some: readonly unknown[]; children: ReactNode }) {
  if (some.length === 0) return null;
  return (
    <section className="section">
      <h2 className="label">{title}</h2>
      {children}
    </section>
  );
}

const Statements = ({ title, list }: { title: string; list: readonly Statement[] }) => (
  <Part title={title} some={list}>
    {keyed(list, ({ text }) => text).map(({ key, one }) => (
      <div key={key} className="what-if-says">
        <p>{one.text}</p>
        {one.figures.length > 0 && (
          <table className="table table-tight">
            <tbody>
              {keyed(one.figures, (figure) => figure.title).map((each) => (
                <Row key={each.key} title={each.one.title} figure={each.one} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    ))}
  </Part>
);

const Row = ({ title, figure, strong }: { title: string; figure: WhatIfFigure; strong?: boolean }) => (
  <tr className={strong ? 'strong' : undefined}>
    <th scope="row">{title}</th>
    <td className="right">
      <OpenFigure figure={figure} />
    </td>
  </tr>
);

import type { TargetComparison, TargetFigure, TargetVariant } from '@shared/views/targets';
import { Fragment, type ReactNode } from 'react';
import { Shape } from '../ui/marks';
import { ScrollingSection } from '../ui/scrolling';
import { useWords } from '../words';
import { TargetNumber } from './target-number';
import { decidingPath } from './variants';

/** The estate beside its targets, line by line: what each removes, costs, carries and cannot do. */
export function Targets({ comparison }: { comparison: TargetComparison }) {
  const { planScreen } = useWords();
  const words = planScreen.targets;
  const { variants } = comparison;
  const lines = linesOf(words);
  return (
    <section className="panel" data-testid="targets">
      <h2>{words.title}</h2>
      <ScrollingSection className="panel-body chart-scroll" label={words.title}>
        <table className="table targets-table">
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              {variants.map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {variants.map((variant) => (
                  <td key={variant.id}>{of(variant)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollingSection>
    </section>
  );
}

type TargetWords = ReturnType<typeof useWords>['planScreen']['targets'];
interface TargetLine {
  name: string;
  of: (variant: TargetVariant) => ReactNode;
}

function linesOf(words: TargetWords): TargetLine[] {
  const number = (name: string, of: (variant: TargetVariant) => TargetFigure | null): TargetLine => ({
    name,
    of: (variant) => <TargetNumber figure={of(variant)} label={`${variant.title}, ${name}`} />,
  });
  const list = (name: string, of: (variant: TargetVariant) => readonly string[]): TargetLine => ({
    name,
    of: (variant) => <Items items={of(variant)} none={words.none} />,
  });
  return [
    {
      name: words.mistakes,
      of: ({ mistakes }) =>
        mistakes.length === 0 ? (
          <span className="soft">{words.none}</span>
        ) : (
          mistakes.map(({ at, title }) => (
            <p key={`${at} ${title}`}>
              <Shape mark="attention" /> {title} <code>{at}</code>
            </p>
          ))
        ),
    },
    number(words.availability, (variant) => decidingPath(variant)?.shared ?? null),
    number(words.downPerMonth, (variant) => decidingPath(variant)?.downPerMonth ?? null),
    list(words.singlePoints, ({ singlePoints }) => singlePoints.left.map(({ title }) => title)),
    list(words.removed, ({ singlePoints }) => singlePoints.removed.map(({ title }) => title)),
    {
      name: words.survivor,
      of: ({ title, capacity }) =>
        capacity.map((part) => (
          <Fragment key={part.part}>
            <span className="with-shape">
              {part.survivor ? (
                <>
                  {part.title} <TargetNumber figure={part.survivor} label={`${title}, ${part.title}`} />
                </>
              ) : (
                words.nothingLeft(part.title)
              )}
            </span>
          </Fragment>
        )),
    },
    number(words.perMonth, ({ cost }) => cost?.perMonth ?? null),
    number(words.once, ({ cost }) => cost?.once ?? null),
    {
      name: words.breakEven,
      of: ({ title, cost }) =>
        !cost?.breakEven ? (
          <span className="soft">{words.none}</span>
        ) : (
          <>
            <TargetNumber figure={cost.breakEven} label={`${title}, ${words.breakEven}`} />
            {cost.breakEvenText && <span className="why">{cost.breakEvenText}</span>}
          </>
        ),
    },
    {
      name: words.work,
      of: ({ title, effort }) =>
        effort && (
          <>
            <TargetNumber figure={effort.work} label={`${title}, ${words.work}`} />
            <span className="why">{words.servers(effort.newServers, effort.goneServers)}</span>
          </>
        ),
    },
    list(words.removesFaults, ({ removes }) => removes.map(({ title }) => title)),
    list(words.keepsFaults, ({ keeps }) => keeps.map(({ title }) => title)),
    list(words.cannot, ({ cannot }) => cannot),
    {
      name: words.rolling,
      of: ({ rollingUpdate }) =>
        rollingUpdate.length === 0 ? (
          <span className="soft">{words.none}</span>
        ) : (
          <ol className="rolling">
            {rollingUpdate.map((step) => (
              <li key={step.title}>
                {step.title}
                {step.stops.length > 0 && (
                  <span className="why">
                    <Shape mark="attention" /> {words.stops(step.stops.join(', '))}
                  </span>
                )}
              </li>
            ))}
          </ol>
        ),
    },
  ];
}

const Items = ({ items, none }: { items: readonly string[]; none: string }) =>
  items.length === 0 ? (
    <span className="soft">{none}</span>
  ) : (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );

import { planChartsOf } from '@shared/charts/plan-charts';
import type { Plan } from '@shared/views/plan';
import type { TargetComparison } from '@shared/views/targets';
import { useWords } from '../words';
import { Heaviest } from './heaviest';
import { MeasuredChart } from './measured-chart';
import { MissingInputs } from './missing-inputs';
import { Variants } from './variants';

/** All that decides at one look: the passes, the variants, the inputs that weigh most, the cutover minute by minute. */
export function Overview({ plan, comparison }: { plan: Plan; comparison: TargetComparison }) {
  return (
    <div className="overview">
      <Passes plan={plan} />
      <Variants comparison={comparison} />
      <Heaviest plan={plan} />
      <Cutover plan={plan} />
    </div>
  );
}

const PASSES_HEIGHT = 230;
/** Narrower than this, the words beside the bars leave no room for them. */
const WALLET_WIDTH = 440;

function Passes({ plan }: { plan: Plan }) {
  const { planScreen, language } = useWords();
  const { overview } = planScreen;
  const trees = plan.steps.some(({ id }) => id.startsWith('passes-'));
  const draw = (width: number) => planChartsOf(plan, language, { width, height: PASSES_HEIGHT }).convergence;
  const lacks = plan.unanswered.find(({ figure }) => figure.startsWith('passes/'))?.missing ?? [];
  return (
    <section className="panel" data-testid="passes">
      <header className="panel-head">
        <h2>{overview.passes}</h2>
        <span className="note">{overview.logarithmic}</span>
      </header>
      <div className="panel-body">
        <MeasuredChart
          draw={draw}
          otherwise={
            trees ? (
              <MissingInputs plan={plan} paths={lacks} says={overview.passesUnknown} />
            ) : (
              <p className="soft">{overview.noTrees}</p>
            )
          }
        />
        {plan.wallet && (
          <>
            <h3 className="label">{planScreen.variants.wallet}</h3>
            <MeasuredChart
              least={WALLET_WIDTH}
              draw={(width) => planChartsOf(plan, language, { width }).allowance}
              otherwise={<p className="soft">{planScreen.card.allowanceOnly}</p>}
            />
          </>
        )}
      </div>
    </section>
  );
}

/** Room for the titles of the steps. */
const TITLES = 350;

/** The cutover as a picture: steps, gates, the point of no return, the window. */
export function Cutover({ plan }: { plan: Plan }) {
  const { planScreen, language } = useWords();
  const { overview } = planScreen;
  const draw = (width: number) => planChartsOf(plan, language, { width, barsX: TITLES }).gantt;
  return (
    <section className="panel panel-wide" data-testid="gantt">
      <header className="panel-head">
        <h2>{overview.cutover}</h2>
        <span className="note">
          {plan.window.state === 'set' ? overview.cutoverNote : overview.cutoverMinutes}
        </span>
      </header>
      <div className="panel-body">
        <MeasuredChart
          least={900}
          draw={draw}
          otherwise={<MissingInputs plan={plan} paths={plan.totals.missing} says={overview.cutoverUnknown} />}
        />
      </div>
    </section>
  );
}

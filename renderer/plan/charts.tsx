import { convergenceOf } from '@shared/charts/convergence';
import { ganttOf } from '@shared/charts/gantt';
import { verdictOf } from '@shared/plan/plan-text';
import type { Plan } from '@shared/views/plan';
import { ChartView } from '../ui/chart-view';
import { useWords } from '../words';

const WIDTH = 820;
const PASSES_HEIGHT = 220;

/** The cutover over time, and how the file passes get shorter. Each appears when every number it needs is known. */
export function PlanCharts({ plan }: { plan: Plan }) {
  const { ui, language } = useWords();
  const { criticalPath, filePasses } = plan.totals;
  const steps = plan.steps.filter((step) => step.phase === 'cutover');
  const gantt = ganttOf({ steps, criticalPath, trackName: ui.plan.tracks, language, width: WIDTH });
  const passes =
    filePasses &&
    convergenceOf({
      passes: filePasses,
      passName: ui.plan.passName,
      floorName: ui.plan.floorName,
      language,
      width: WIDTH,
      height: PASSES_HEIGHT,
    });
  return (
    <>
      {gantt && (
        <section className="panel" data-testid="gantt">
          <h2>{ui.plan.cutoverChart}</h2>
          <div className="panel-body chart-scroll">
            <ChartView chart={gantt} label={verdictOf(plan, language)} />
          </div>
        </section>
      )}
      {passes && (
        <section className="panel" data-testid="passes">
          <h2>{ui.plan.passesChart}</h2>
          <div className="panel-body chart-scroll">
            <ChartView chart={passes} label={ui.plan.passesChart} />
          </div>
        </section>
      )}
    </>
  );
}

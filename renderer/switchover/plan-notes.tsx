import { accountsOf } from '@shared/lever/accounts';
import type { RunPlan } from '@shared/runbook/plan';
import { Shape } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** What is worth knowing before a plan is begun, what it cannot see, and what a person went on in spite of. */
export function PlanNotes({ plan }: { plan: RunPlan }) {
  const { switchover } = useWords().runs;
  return (
    <>
      <SaidList title={switchover.warnings} mark="attention" plan={plan} said={plan.warnings} />
      <SaidList title={switchover.blind} mark="unknown" plan={plan} said={plan.blind} />
      {plan.overrides.length > 0 && (
        <>
          <h2 className="label">{switchover.overrides}</h2>
          <ul className="said-list">
            {plan.overrides.map(({ code, typed }) => (
              <li key={code}>
                <Shape mark="attention" size={13} />
                <span>
                  <span className="mono">{code}</span> · {typed}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function SaidList({
  title,
  mark,
  plan,
  said,
}: {
  title: string;
  mark: 'attention' | 'unknown';
  plan: RunPlan;
  said: RunPlan['blind'];
}) {
  const words = useWords();
  if (said.length === 0) return null;
  return (
    <>
      <h2 className="label">{title}</h2>
      <ul className="said-list">
        {said.map((one) => (
          <li key={JSON.stringify(one)}>
            <Shape mark={mark} size={13} />
            <span>{words.plan(plan.procedure, one)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** As whom the plan acts, and where. */
export function Accounts({ plan }: { plan: RunPlan }) {
  const { runs } = useWords();
  const { estate } = useWatched();
  const accounts = accountsOf(estate, plan);
  if (accounts.length === 0) return null;
  return (
    <section className="accounts">
      <h2 className="label">{runs.switchover.account}</h2>
      {accounts.map((account) => (
        <p key={account} className="mono">
          {account}
        </p>
      ))}
    </section>
  );
}

import type { Estate } from '../estate/schema';
import type { RunPlan } from '../runbook/plan';

/** As whom a plan acts, one for each name: "patronus_act (SQL): db-a, db-b". Targets in the plan's order. */
export function accountsOf(estate: Estate, plan: RunPlan): string[] {
  const where = new Map<string, string[]>();
  const note = (user: string | undefined, kind: 'SQL' | 'SSH', target: string) => {
    if (user === undefined) return;
    const key = `${user} (${kind})`;
    where.set(key, [...(where.get(key) ?? []), target]);
  };
  for (const [target, { host, service }] of Object.entries(plan.targets)) {
    const sql = estate.services.find(({ id }) => id === service)?.sql;
    note(sql?.credentials.act?.user, 'SQL', target);
    note(estate.hosts.find(({ id }) => id === host)?.ssh?.act?.user, 'SSH', target);
  }
  return [...where].map(([account, targets]) => `${account}: ${targets.join(', ')}`);
}

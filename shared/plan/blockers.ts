import type { Language } from '../contract';
import type { Estate } from '../estate/schema';
import { IDENTITY_RULES } from '../findings/identity-rules';
import type { Snapshot } from '../snapshot';
import { findingText } from '../text/finding-text';
import { nodesOf } from '../topology/nodes';
import type { PlanBlocker } from '../views/plan';

/** What must be settled before anything is planned: while it is unsure which server a name means, no plan is safe. */
export function blockersOf(estate: Estate, snapshot: Snapshot | null, language: Language): PlanBlocker[] {
  if (!snapshot) return [];
  const view = { estate, snapshot, nodes: nodesOf(estate, snapshot), links: [] };
  return IDENTITY_RULES.flatMap(({ code, when }) =>
    when(view).map(({ nodes, params }) => {
      const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
      return {
        code,
        nodes: [...nodes],
        title: findingText({ code, title: '', params: given }, language).title,
      };
    }),
  );
}

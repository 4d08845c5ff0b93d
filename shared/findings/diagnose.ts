import { findingText } from '../text/finding-text';
import type { Finding, Severity } from '../views/topology';
import { DATA_RULES } from './data-rules';
import { DESIGN_RULES } from './design-rules';
import { HOST_RULES } from './host-rules';
import { IDENTITY_RULES } from './identity-rules';
import { SERVICE_RULES } from './service-rules';
import type { Hit, Rule, View } from './view';

/** Every rule there is. Their order here is the order of findings of one severity. */
export const RULES: readonly Rule[] = [
  ...HOST_RULES,
  ...IDENTITY_RULES,
  ...SERVICE_RULES,
  ...DATA_RULES,
  ...DESIGN_RULES,
];

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/**
 * What needs attention, worst first. A finding that only follows from another one that touches the same nodes
 * is left out; masking looks at all matches, so that the order of rules does not matter to it.
 */
export function diagnose(view: View): Finding[] {
  const found = RULES.flatMap((rule) => rule.when(view).map((hit) => findingOf(rule, hit)));
  const causes = causesIn(found);
  return found
    .filter((finding) => !causes(finding).some((cause) => explains(cause, finding)))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Of all findings, those that touch the same node and mask this code: the only ones that can explain it. */
function causesIn(found: readonly Finding[]): (finding: Finding) => readonly Finding[] {
  const keyOf = (code: string, node: string) => `${code} ${node}`;
  const causes = new Map<string, Finding[]>();
  for (const cause of found) {
    for (const code of cause.masks) {
      for (const node of cause.nodes) {
        const key = keyOf(code, node);
        const list = causes.get(key);
        if (list) list.push(cause);
        else causes.set(key, [cause]);
      }
    }
  }
  return (finding) => finding.nodes.flatMap((node) => causes.get(keyOf(finding.code, node)) ?? []);
}

/** Is the one only a consequence of the other? */
export function explains(cause: Finding, finding: Finding): boolean {
  return (
    cause !== finding &&
    cause.masks.includes(finding.code) &&
    finding.nodes.some((node) => cause.nodes.includes(node))
  );
}

function findingOf(rule: Rule, hit: Hit): Finding {
  const params = Object.fromEntries(Object.entries(hit.params).filter(([, value]) => value !== undefined));
  const { title } = findingText({ code: rule.code, title: '', params }, 'en');
  return {
    code: rule.code,
    severity: hit.severity ?? rule.severity,
    nodes: [...new Set(hit.nodes)],
    title,
    params,
    evidence: hit.evidence,
    masks: [...rule.masks],
  };
}

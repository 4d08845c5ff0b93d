import { explains } from '../findings/diagnose';
import { findingText } from '../text/finding-text';
import type { Finding, Severity } from '../views/topology';
import { REPLICATION_RULES } from './rules';
import { type ReplicationHit, type ReplicationRule, type ReplicationView, UNKNOWN } from './rules/rule';

export interface Diagnosis {
  findings: Finding[];
  /** How many rules were applied, and the codes of those that lacked a value somewhere. */
  rules: { checked: number; unknown: string[] };
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** What needs attention in a cluster, worst first, without what only follows from something else. */
export function diagnoseReplication(view: ReplicationView): Diagnosis {
  const unknown = new Set<string>();
  const found = REPLICATION_RULES.flatMap((rule) =>
    rule.when(view).flatMap<Finding>((one) => {
      if (one !== UNKNOWN) return [findingOf(rule, one)];
      unknown.add(rule.code);
      return [];
    }),
  );
  return {
    findings: found
      .filter((finding) => !found.some((cause) => explains(cause, finding)))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    rules: { checked: new Set(REPLICATION_RULES.map((rule) => rule.code)).size, unknown: [...unknown] },
  };
}

function findingOf(rule: ReplicationRule, { nodes, params, evidence, severity }: ReplicationHit): Finding {
  return {
    code: rule.code,
    severity: severity ?? rule.severity,
    nodes: [...new Set(nodes)],
    title: findingText({ code: rule.code, title: '', params }, 'en').title,
    params: { ...params },
    evidence,
    masks: [...rule.masks],
  };
}

import type { Estate } from '../estate/schema';
import type { Snapshot } from '../snapshot';
import type { FindingParamName } from '../text/finding-params';
import type { FindingCode } from '../text/finding-text';
import type { Finding, Severity, TopologyLink, TopologyNode } from '../views/topology';

/** Everything a finding is decided from. */
export interface View {
  estate: Estate;
  snapshot: Snapshot;
  nodes: readonly TopologyNode[];
  links: readonly TopologyLink[];
}

/** One case of a finding. */
export interface Hit {
  nodes: readonly string[];
  params: Partial<Record<FindingParamName, string>>;
  evidence: Finding['evidence'];
  /** Where this case is worse or milder than the rule says. */
  severity?: Severity;
}

/**
 * A row of the table of findings. `masks` names the findings that only follow from this one: where they touch
 * the same nodes they are not shown beside it.
 */
export interface Rule {
  code: FindingCode;
  severity: Severity;
  masks: readonly FindingCode[];
  when(view: View): Hit[];
}

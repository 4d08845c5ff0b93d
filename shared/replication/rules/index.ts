import { HISTORY_RULES } from './history-rules';
import { LOAD_RULES } from './load-rules';
import { LOG_RULES } from './log-rules';
import { PRIMARY_RULES } from './primary-rules';
import type { ReplicationRule } from './rule';
import { SETTING_RULES } from './setting-rules';
import { SHAPE_RULES } from './shape-rules';
import { THREAD_RULES } from './thread-rules';

/** Every rule about replication. Their order here is the order of findings of one severity. */
export const REPLICATION_RULES: readonly ReplicationRule[] = [
  ...PRIMARY_RULES,
  ...THREAD_RULES,
  ...HISTORY_RULES,
  ...SHAPE_RULES,
  ...LOAD_RULES,
  ...LOG_RULES,
  ...SETTING_RULES,
];

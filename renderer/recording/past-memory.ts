import { findingId } from '@shared/recording/marks';
import type { TimeLine } from '@shared/recording/time-line';
import type { Finding } from '@shared/views/topology';
import { findingKey, type Memory } from '../memory';

/** Since when each finding was there at a moment of a recording: when it came up, else at least since its begin. */
export function pastMemory(line: TimeLine | null, at: number, findings: readonly Finding[]): Memory {
  const came = new Map<string, number>();
  for (const mark of line?.marks ?? [])
    if (mark.what === 'finding-came' && mark.t <= at) came.set(findingId(mark.finding), mark.t);
    else if (mark.what === 'host-lost' && mark.t <= at) came.set(`HOST_UNREACHABLE/${mark.host}`, mark.t);
  const since = findings.map((finding) => {
    const byHost = `${finding.code}/${finding.params.host ?? ''}`;
    return [findingKey(finding), came.get(findingId(finding)) ?? came.get(byHost) ?? line?.from ?? at];
  });
  return { samples: {}, since: Object.fromEntries(since) };
}

import type { Arm, Lever } from '@shared/views/lever';
import { useCall } from '../api';

export type OpenLever = Extract<Lever, { state: 'open' }>;

/** Whether acting is on for this estate; undefined while that is being asked. */
export const useArm = (): Arm | undefined => useCall('arm.get', undefined).data;

/** Main's own surface as it is now; null: it is closed, or that is being asked. */
export function useOpenLever(): OpenLever | null {
  const { data } = useCall('lever.get', undefined);
  return data?.state === 'open' ? data : null;
}

import { type ServiceCommands, serviceControl } from '../../estate/service-control';
import { replicationUser, type Side } from '../../switchover/scene';
import { sceneOf, sideOf } from '../following-plan';
import { ownTransactions } from '../own-transactions';
import type { RejoinGround } from '../rejoin-ground';
import type { RejoinScene } from '../steps-rejoin';
import { type Donor, donorOf } from './donor';
import { type Places, placesOf } from './places';

/** What it takes to rebuild, besides what it takes to follow. */
export interface RebuildScene extends RejoinScene {
  donor: Side;
  because: Donor['because'];
  places: Places;
  service: ServiceCommands;
  /** What the old server holds alone, as its dialect writes it; null: nothing. */
  own: string | null;
  /** Of the donor's data, for the progress. */
  dataBytes: number | null;
  actingUser: string;
  /** Who logs in to the donor for its data (MySQL). */
  donorUser: string;
  /** Is a copy of the old data kept first (MySQL). */
  keeps: boolean;
}

/** Secret of the plan: the acting account's password at the old server. */
export const actingSecret = (node: string): string => `acting account of ${node}`;

/** null: something of it is not there. */
export function rebuildSceneOf(ground: RejoinGround, keeps: boolean): RebuildScene | null {
  const { estate, readings, rebuild } = ground;
  const scene = sceneOf(ground);
  if (!rebuild) return null;
  const [donor] = sideOf(ground, rebuild.donor);
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  if (!scene || !donor || !cluster) return null;
  const { old, next } = scene;
  const own = ownTransactions(old.member, next.member);
  return {
    ...scene,
    // The donor is a target in any case.
    kept: donor.node === next.node ? scene.kept : [donor],
    donor,
    because: donorOf(readings).because,
    places: placesOf(rebuild.old.datadir),
    service: serviceControl(cluster, old.member.service, old.member.dialect),
    own: own === null || own === 'unknown' ? null : own.text,
    dataBytes: rebuild.from.dataBytes,
    actingUser: old.member.actingUser,
    donorUser: replicationUser(estate, donor.member.service) ?? '',
    keeps,
  };
}

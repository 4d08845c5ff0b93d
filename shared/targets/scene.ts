import type { Language } from '../contract';
import type { Estate, Service } from '../estate/schema';
import type { Machines } from './servers';
import type { StructureGap } from './structure-model';

/** The estate by id, read once for all of its workflows. */
export interface Scene {
  estate: Estate;
  language: Language;
  services: ReadonlyMap<string, Service>;
  machines: Machines;
  gaps: StructureGap[];
}

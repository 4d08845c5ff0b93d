import { checkActing } from './check-acting';
import { checkAddresses } from './check-addresses';
import { checkIds } from './check-ids';
import { checkQuantities } from './check-quantities';
import { checkReferences } from './check-references';
import { checkWorkflows } from './check-workflows';
import type { Mistake } from './mistake';
import type { Estate } from './schema';

/** What the schema cannot say, each in its own file. Scenarios are apart: each of them makes an estate of its own. */
const CHECKS: readonly ((estate: Estate) => Mistake[])[] = [
  checkIds,
  checkReferences,
  checkWorkflows,
  checkAddresses,
  checkQuantities,
  checkActing,
];

/** All that is wrong with an estate whose shape is right, its scenarios not looked at. */
export const checkEstate = (estate: Estate): Mistake[] => CHECKS.flatMap((check) => check(estate));

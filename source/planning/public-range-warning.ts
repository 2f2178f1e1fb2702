import {publicNetworks} from '../answers/public-ranges.ts';
import {planMessages} from './plan-messages.ts';
import {printWarning} from '../session/print.ts';
import type {Session} from '../session/session.ts';

/** Warns about networks that hide public addresses from the VMs, which is allowed but may be unintended. */
export function warnOfPublicRanges({cluster, language}: Pick<Session, 'cluster' | 'language'>): void {
	for (const {name, cidr} of publicNetworks(cluster)) {
		printWarning(planMessages.publicRange(name, cidr)[language]);
	}
}

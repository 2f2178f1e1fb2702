import {publicNetworks} from '../answers/public-ranges.ts';
import {planMessages} from './plan-messages.ts';
import {warn} from './say.ts';
import type {Session} from './session.ts';

/** Says which networks hide computers on the Internet from the machines: it is allowed, and its user may not expect it. */
export function warnOfPublicRanges({cluster, language}: Pick<Session, 'cluster' | 'language'>): void {
	for (const {name, cidr} of publicNetworks(cluster)) {
		warn(planMessages.publicRange(name, cidr)[language]);
	}
}

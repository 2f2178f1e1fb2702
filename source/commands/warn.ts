import {publicNetworks} from '../answers/public-ranges.ts';
import {planMessages} from '../messages/plan.ts';
import type {Session} from './session.ts';

/** Says what is allowed and has a consequence that its user may not expect. */
export function warn({cluster, language}: Pick<Session, 'cluster' | 'language'>): void {
	for (const {name, cidr} of publicNetworks(cluster)) {
		process.stderr.write(`${planMessages.publicRange(name, cidr)[language]}\n`);
	}
}

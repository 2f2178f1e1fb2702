import {StateDirectory} from '../source/state/directory.ts';
import {currentOwner, type Owner} from '../source/state/owner.ts';
import {testFacts} from './cluster-fixture.ts';

/** A state directory of the cluster of `testFacts`, as `up` begins one. */
export function begunState(path: string, {name = 'web', owner = currentOwner({})}: {name?: string; owner?: Owner} = {}): StateDirectory {
	const state = StateDirectory.open(path, owner);
	state.begin({id: testFacts.clusterId, name, cache: `${path}-cache`});
	return state;
}

import {StateDirectory} from '../source/state/directory.ts';
import {currentOwner, type Owner} from '../source/state/owner.ts';
import {testFacts} from './cluster-fixture.ts';

/** A state directory of the cluster of `testFacts`, as `up` begins one. */
export function begunState(
	path: string,
	{name = 'web', sandbox = true, owner = currentOwner({})}: {name?: string; sandbox?: boolean; owner?: Owner} = {},
): StateDirectory {
	const state = StateDirectory.open(path, owner);
	state.begin({id: testFacts.clusterId, name, sandbox, cache: `${path}-cache`});
	return state;
}

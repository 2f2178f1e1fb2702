import {StateDirectory} from '../source/state/directory.ts';
import {invokingUser, type InvokingUser} from '../source/state/owner.ts';
import {testFacts} from './cluster-fixture.ts';

/** A state directory of the cluster of `testFacts`, as `up` begins one. */
export function begunState(
	path: string,
	{
		name = 'web',
		sandbox = true,
		owner = invokingUser({}),
	}: {name?: string; sandbox?: boolean; owner?: InvokingUser} = {},
): StateDirectory {
	const state = StateDirectory.open(path, owner);
	state.begin({id: testFacts.clusterId, name, sandbox, cache: `${path}-cache`});
	return state;
}

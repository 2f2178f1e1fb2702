import {expect, test} from 'vitest';
import {makePlan, withNeeds} from '../../source/engine/plan.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

const plan = makePlan(testCluster(), steps);

/** What `up --until` does on the way: whoever waits for something must bring along the one that makes it. */
test.each([
	['gateways:nas', 'pacemaker:master'],
	['resources:master', 'ldirectord:standby'],
	['nfs-clients:server1', 'nfs:nas'],
	['lvs-proof', 'apache:server1'],
])('%s brings %s along', (unit, needed) => {
	expect([...withNeeds(plan, [unit])]).toContain(needed);
});

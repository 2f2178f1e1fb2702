import {expect, test} from 'vitest';
import {hostSite, siteEnvironment} from '../../source/session/host-site.ts';

const digest = 'ab'.repeat(32);

test.each([
	['what the part outside found', siteEnvironment({digest, size: 4096}), {digest, size: 4096}],
	['nothing', siteEnvironment(undefined), undefined],
	['a digest that would lead out of the folder', {CLUSTER_WIZARD_SITE: `../../etc/${digest} 1`}, undefined],
])('the part inside a sandbox is told %s', (_, environment, site) => {
	expect(hostSite(environment)).toEqual(site);
});

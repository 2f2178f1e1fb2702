import {expect, test} from 'vitest';
import {vipHolder} from '../../source/measure/arp.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const [master, standby] = cluster.directors.map(({nics}) => nics.find(({network}) => network === 'external')!.mac) as [
	string,
	string,
];

/** The kernel's own format: fs/proc, net/ipv4/arp.c. */
const row = (address: string, flags: string, mac: string) =>
	`${address.padEnd(16)} 0x1         ${flags.padEnd(10)}  ${mac}     *        kvmbr0\n`;
const head = 'IP address       HW type     Flags       HW address            Mask     Device\n';

test.each([
	['master has it', row('192.168.1.200', '0x2', master), 'master'],
	['standby has it, in capitals', row('192.168.1.200', '0x2', standby.toUpperCase()), 'standby'],
	['entered by hand', row('192.168.1.200', '0x6', standby), 'standby'],
	['not resolved', row('192.168.1.200', '0x0', '00:00:00:00:00:00'), undefined],
	['failed, the old MAC still shown', row('192.168.1.200', '0x0', master), undefined],
	['another address', row('192.168.1.20', '0x2', master), undefined],
	['someone else', row('192.168.1.200', '0x2', '02:00:00:00:00:09'), undefined],
	[
		'among others',
		row('192.168.1.135', '0x2', master) + row('192.168.1.200', '0x2', standby) + row('10.0.10.1', '0x2', master),
		'standby',
	],
	['nobody', '', undefined],
])('the director: %s', (_, rows, expected) => {
	expect(vipHolder(cluster, () => head + rows)()).toBe(expected);
});

test("this kernel's own table can be read", () => {
	expect(vipHolder(cluster)()).toBeUndefined();
});

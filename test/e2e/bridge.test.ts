import {describe} from 'vitest';
import {testBridge} from '../hosts/bridge-tests.ts';
import {BridgeGuest, side, wan} from './bridge-guest.ts';

const interfaces = `auto lo\niface lo inet loopback\n\nallow-hotplug ${wan.nic}\niface ${wan.nic} inet dhcp\n\nauto ${side.nic}\niface ${side.nic} inet static\n\taddress ${side.address}/24\n`;

// One kind, as a witness: a kernel, a disk and a power cut of its own. The other kinds are in test/hosts.
describe.sequential('an emulated host with ifupdown and DHCP', () => {
	testBridge(new BridgeGuest({'/etc/network/interfaces': interfaces}), {
		renderer: 'ifupdown',
		addresses: [`${wan.address}/24`],
		patience: 120,
	});
});

import {describe} from 'vitest';
import type {UplinkRenderer} from '../../source/host/uplink/uplink.ts';
import {testBridge} from './bridge-tests.ts';
import {catalogue} from './catalogue.ts';
import {Host} from './host.ts';

/** Seconds; the wizard waits for two thirds of them. A host brings its network up in 3, or in 10 when dhclient has to ask twice. */
const patience = 20;

/** The bridge, with harm, on the hosts with this manager. */
export function describeBridges(renderer: UplinkRenderer): void {
	const hosts = catalogue.flatMap(host =>
		host.isHarmed && host.manager === renderer && 'addresses' in host.bridge ? [{...host, ...host.bridge}] : [],
	);
	describe.sequential.each(hosts)('$name', host => {
		testBridge(new Host(host), {renderer, addresses: host.addresses, patience});
	});
}

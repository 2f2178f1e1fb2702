import {describe} from 'vitest';
import type {UplinkRenderer} from '../../source/answers/uplink/uplink.ts';
import {testBridge} from './bridge-tests.ts';
import {bridgedHosts} from './catalogue.ts';
import {Host} from './host.ts';

/** Seconds; the wizard waits for two thirds of them. A host brings its network up in 3, or in 10 when dhclient has to ask twice. */
const patience = 20;

/** The bridge on all hosts with this manager. */
export function describeBridges(renderer: UplinkRenderer): void {
	describe.sequential.each(bridgedHosts(renderer))('$name', definition => {
		testBridge(new Host(definition), {renderer, addresses: definition.bridged, patience});
	});
}

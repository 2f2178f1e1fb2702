import {describe} from 'vitest';
import type {UplinkRenderer} from '../../source/answers/uplink/uplink.ts';
import {testBridge} from './bridge-tests.ts';
import {bridgedHosts} from './catalogue.ts';
import {Host} from './host.ts';

/** Seconds; a host needs 3 to bring its network up, and the wizard waits for two thirds of them. */
const patience = 15;

/** The bridge on all hosts with this manager. */
export function describeBridges(renderer: UplinkRenderer): void {
	describe.sequential.each(bridgedHosts(renderer))('$name', definition => {
		testBridge(new Host(definition), {renderer, addresses: definition.bridged, patience});
	});
}

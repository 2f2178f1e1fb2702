import type {NodeOverview} from '../../commands/wizard-backend.ts';
import type {StatusRow} from '../../measure/status.ts';
import type {State} from './store.ts';

/** The director that holds the external VIP, as far as the last look tells. */
export function holderOf({status, overview}: State): string | undefined {
	const rows = status.rows.filter((row): row is Extract<StatusRow, {kind: 'vip'}> => row.kind === 'vip');
	const nodes = rows.find(({address}) => address === overview?.vip.external)?.nodes ?? [];
	return nodes.length === 1 ? nodes[0] : undefined;
}

/** Whether the cluster was removed while it was looked at. */
export function isRemoved({status, overview}: State): boolean {
	return status.failed !== undefined && overview?.isBegun === false;
}

/** libvirt's state of a node's machine, or what the last look says of it. */
export function machineState({machines, status}: State, {vm, name}: Pick<NodeOverview, 'vm' | 'name'>): string {
	const row = status.rows.find((row): row is Extract<StatusRow, {kind: 'node'}> => row.kind === 'node' && row.name === name);
	return machines?.states.get(vm) ?? row?.machine ?? '-';
}

/** Whether a machine of the cluster runs: then it is stopped as a whole, otherwise started. */
export function isClusterOn(state: State): boolean {
	return state.overview?.nodes.some(node => !['shut off', '-'].includes(machineState(state, node))) ?? false;
}

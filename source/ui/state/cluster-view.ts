import type {NodeOverview} from '../../wizard/backend.ts';
import type {StatusRow} from '../../measure/status.ts';
import type {State} from './store.ts';

/** The director that holds the external VIP in the last status; undefined if none or both do. */
export function holderOf({status, overview}: State): string | undefined {
	const rows = status.rows.filter((row): row is Extract<StatusRow, {kind: 'vip'}> => row.kind === 'vip');
	const nodes = rows.find(({address}) => address === overview?.vip.external)?.nodes ?? [];
	return nodes.length === 1 ? nodes[0] : undefined;
}

/** Whether the cluster has been removed while the dashboard polled its status. */
export function isRemoved({status, overview}: State): boolean {
	return status.failed !== undefined && overview?.isBegun === false;
}

/** libvirt's state of a node's VM, or else its state in the last status; `-` if unknown. */
export function machineState({machines, status}: State, {vm, name}: Pick<NodeOverview, 'vm' | 'name'>): string {
	const row = status.rows.find(
		(row): row is Extract<StatusRow, {kind: 'node'}> => row.kind === 'node' && row.name === name,
	);
	return machines?.states.get(vm) ?? row?.machine ?? '-';
}

/** Whether any VM of the cluster is on. If so, `P` on the dashboard stops the cluster, otherwise it starts it. */
export function isClusterOn(state: State): boolean {
	return state.overview?.nodes.some(node => !['shut off', '-'].includes(machineState(state, node))) ?? false;
}

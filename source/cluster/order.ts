import type {Cluster, Node} from './cluster.ts';

/** Nodes in the order in which they are reached: the directors first, through which all others are. */
export function reachOrder({directors, nodes}: Cluster): Node[] {
	return [...directors, ...nodes.filter(({role}) => role !== directors[0].role)];
}

/** Nodes in the order in which they are started: the storage first, which others mount; the directors last, so that the servers behind them are up. */
export function startOrder({storage, directors, nodes}: Cluster): Node[] {
	return [storage, ...nodes.filter(({role}) => role !== storage.role && role !== directors[0].role), ...directors];
}

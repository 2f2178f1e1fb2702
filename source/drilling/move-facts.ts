import type {Cluster} from '../cluster/cluster.ts';
import {plannedMove} from '../../steps/drills/predictions.ts';
import type {MoveFacts} from './impact-notices.ts';

/** Describes what a planned move of the VIPs does to clients of this cluster. */
export function moveFacts(cluster: Cluster): MoveFacts {
	return {...(cluster.ha.failback && {home: cluster.directors[0].name}), prediction: plannedMove(cluster)};
}

import type {Cluster} from '../source/cluster/cluster.ts';
import {regExp} from '../source/regexp.ts';

/** Literals of a cluster in any text: names, addresses, ranges, labels. `NFS` is left out, which is the protocol's name as well. */
export function literalsOf({nodes, networks, vip, gateway, paths}: Cluster): string[] {
	return [
		...nodes.flatMap(({name, vm, internal, external, heartbeat}) => [name, vm, internal, external, heartbeat]),
		...Object.values(networks).flatMap(({label, cidr}) => [label, cidr]),
		vip.external,
		vip.internal,
		gateway,
		paths.state,
		paths.cache,
	].filter((text): text is string => text !== undefined && text !== 'NFS');
}

/** Those of some words that a text says, each as a whole, in the order given. */
export function said(text: string, words: readonly string[]): string[] {
	return words.filter(word => regExp('u')`(?<![\p{L}\d.-])${word}(?![\p{L}\d-]|\.\d)`.test(text));
}

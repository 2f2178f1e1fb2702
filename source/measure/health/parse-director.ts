import {parseXml} from '../../text/xml.ts';
import type {LinkFacts, PacemakerFacts, VirtualServiceFacts} from './facts.ts';

/** An element of crm_mon's XML. Values are unknown, because the text may be something else than a status. */
type Element = Readonly<Record<string, unknown>>;

/**
 * Parses `crm_mon --one-shot --output-as=xml --inactive`, whose format is documented as stable (api/crm_mon.rng).
 * Returns crm_mon's message if it gave no status.
 */
export function parsePacemaker(text: string): PacemakerFacts | {trouble: string} {
	const document = elementOf(parseXml(text, ['node', 'resource', 'group', 'failure', 'error']));
	const result = elementOf(document['pacemaker-result'] ?? document['crm_mon']);
	const summary = elementOf(result['summary']);
	const nodes = childrenOf(result['nodes'], 'node');
	if (nodes.length === 0) {
		const status = elementOf(result['status']);
		return {trouble: word(status['message']) ?? text.trim().split('\n').at(-1) ?? ''};
	}

	const quorum = elementOf(summary['current_dc'])['with_quorum'];
	const outer = elementOf(result['resources']);
	const resources = [
		...childrenOf(outer, 'resource'),
		...childrenOf(outer, 'group').flatMap(group => childrenOf(group, 'resource')),
	];
	return {
		...(quorum !== undefined && {hasQuorum: quorum === 'true'}),
		isMaintenance: elementOf(summary['cluster_options'])['maintenance-mode'] === 'true',
		nodes: nodes.map(node => ({
			name: word(node['name']) ?? '-',
			isOnline: node['online'] === 'true',
			isStandby: node['standby'] === 'true' || node['standby_onfail'] === 'true',
			isMaintenance: node['maintenance'] === 'true',
			isPending: node['pending'] === 'true',
			isUnclean: node['unclean'] === 'true',
		})),
		resources: resources.map(resource => ({
			id: word(resource['id']) ?? '-',
			agent: word(resource['resource_agent']) ?? '-',
			role: word(resource['role']) ?? '-',
			nodes: childrenOf(resource, 'node').map(node => word(node['name']) ?? '-'),
			isFailed: resource['failed'] === 'true',
			isBlocked: resource['blocked'] === 'true',
			// Old versions of Pacemaker do not print this attribute.
			isManaged: resource['managed'] !== 'false',
		})),
		failures: childrenOf(result['failures'], 'failure').map(failure => {
			const [, resource = '-', task = '-'] = /^(.*)_(\w+?)_\d+$/.exec(word(failure['op_key']) ?? '') ?? [];
			return {
				resource,
				task: word(failure['task']) ?? task,
				node: word(failure['node']) ?? '-',
				reason: word(failure['exitreason']) || word(failure['exitstatus']) || '-',
			};
		}),
	};
}

function elementOf(value: unknown): Element {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : {};
}

function childrenOf(parent: unknown, name: string): Element[] {
	const found = elementOf(parent)[name];
	return Array.isArray(found) ? found.map(elementOf) : [];
}

function word(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** Parses `corosync-cfgtool -s`; undefined if Corosync did not answer. */
export function parseLinks(text: string): LinkFacts[] | undefined {
	let link = Number.NaN;
	const links: LinkFacts[] = [];
	for (const line of text.split('\n')) {
		link = Number(/^LINK ID (\d+)/.exec(line)?.[1] ?? link);
		const [, nodeId, state] = /^\s*nodeid:\s*(\d+):\s*(\S+)/.exec(line) ?? [];
		if (Number.isInteger(link) && nodeId !== undefined && state !== 'localhost') {
			links.push({link, nodeId: Number(nodeId), isConnected: state === 'connected'});
		}
	}

	return links.length === 0 ? undefined : links;
}

/** Parses `ipvsadm -Ln`; undefined if the text is no table. */
export function parseBalancer(text: string): VirtualServiceFacts[] | undefined {
	if (!text.includes('RemoteAddress:Port') && !/^TCP\s/m.test(text)) {
		return undefined;
	}

	return text
		.split(/^(?=(?:TCP|UDP|FWM|SCTP)\s)/m)
		.slice(1)
		.filter(part => part.startsWith('TCP'))
		.map(part => {
			const [first = '', ...lines] = part.split('\n');
			return {
				service: first.split(/\s+/)[1] ?? '',
				servers: lines.flatMap(line => {
					const [arrow, address = '', , weight, active, inactive] = line.trim().split(/\s+/);
					return arrow === '->' && /^\d/.test(address)
						? [{address, weight: Number(weight), active: Number(active), inactive: Number(inactive)}]
						: [];
				}),
			};
		});
}

/** Parses `ip -4 -o address`. */
export function parseAddresses(text: string): Set<string> | undefined {
	const found = [...text.matchAll(/ inet (\d+\.\d+\.\d+\.\d+)\//g)].map(([, address]) => address!);
	return found.length === 0 ? undefined : new Set(found);
}

/** Parses the opening tags of location constraints and keeps those that crm_resource made, whose ids begin with `cli-`. */
export function parseConstraints(text: string): Array<{id: string; node?: string}> {
	return [...text.matchAll(/<rsc_location [^>]*>?/g)].flatMap(([tag]) => {
		const [, id] = / id="(cli-[^"]*)"/.exec(tag) ?? [];
		const [, node] = / node="([^"]*)"/.exec(tag) ?? [];
		return id === undefined ? [] : [{id, ...(node !== undefined && {node})}];
	});
}

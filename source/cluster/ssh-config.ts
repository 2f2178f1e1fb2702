import {join} from 'node:path';
import {quote} from '../shell/command.ts';
import type {Cluster, Node} from './cluster.ts';
import {wizardKeyFile} from './keys.ts';

/** File of pinned host keys, in the state directory next to `ssh_config`. */
export const knownHostsFile = 'known_hosts';

/**
 * Text of the ssh_config for all nodes, used by the wizard, by the printed script and by the user's own `sudo ssh -F`.
 * It works only with access to the external network: on the host, or inside the sandbox.
 */
export function sshConfig(cluster: Cluster): string {
	const [first, second] = cluster.directors;
	const limit = Math.max(3, 3 * cluster.timeoutScale);
	return [
		`# How to reach the machines of ${cluster.name}: sudo ssh -F ${quote(cluster.paths.sshConfig)} ${first.name}`,
		...(cluster.sandbox
			? [`# It works on the sandbox's host only; from outside: cluster-wizard ssh ${first.name}`]
			: []),
		'# Written by cluster-wizard; changes are lost.',
		...cluster.directors.map(node => host(node, [`HostName ${node.external}`, `ConnectTimeout ${limit}`])),
		...cluster.nodes
			.filter(node => node.external === undefined)
			.map(node =>
				host(node, [
					`HostName ${node.internal}`,
					// The connection goes through the first director, and after its timeout through the second.
					`ConnectTimeout ${3 * limit}`,
					`ProxyCommand ${throughDirector(cluster.paths.sshConfig, first.name, second.name)}`,
				]),
			),
		`Host ${cluster.nodes.map(node => node.name).join(' ')}`,
		indent([
			'User root',
			`IdentityFile ${configWord(join(cluster.paths.state, wizardKeyFile))}`,
			'IdentitiesOnly yes',
			'IdentityAgent none',
			'PreferredAuthentications publickey',
			'PasswordAuthentication no',
			'KbdInteractiveAuthentication no',
			`UserKnownHostsFile ${configWord(join(cluster.paths.state, knownHostsFile))}`,
			'GlobalKnownHostsFile /dev/null',
			'HostKeyAlgorithms ssh-ed25519',
			'StrictHostKeyChecking yes',
			'UpdateHostKeys no',
			'ServerAliveInterval 15',
			'ServerAliveCountMax 4',
			'ForwardAgent no',
			'LogLevel ERROR',
		]),
		'',
	].join('\n');
}

/** Host key of every node under the node's name (`HostKeyAlias`); ssh refuses any other key. */
export function knownHosts(cluster: Cluster): string {
	return cluster.nodes.map(node => `${node.name} ${node.hostKey.public}\n`).join('');
}

function host(node: Node, lines: readonly string[]): string {
	return `Host ${node.name}\n${indent([...lines, `HostKeyAlias ${node.name}`])}\n`;
}

/**
 * ProxyCommand through the first director or, if that fails, through the second. ssh runs the ProxyCommand with `exec`, so
 * two commands need a shell of their own.
 */
function throughDirector(config: string, first: string, second: string): string {
	const hop = (director: string) => `ssh -F "$0" -o BatchMode=yes -W "$1" ${director}`;
	const script = `${hop(first)} 2>/dev/null || exec ${hop(second)}`;
	return `sh -c ${quote(script)} ${quote(config).replaceAll('%', '%%')} %h:%p`;
}

/** Quotes a word for ssh_config, whose parser also expands percent signs. */
function configWord(path: string): string {
	return `"${path.replaceAll(/(["\\])/g, String.raw`\$1`).replaceAll('%', '%%')}"`;
}

function indent(lines: readonly string[]): string {
	return lines.map(line => `\t${line}`).join('\n');
}

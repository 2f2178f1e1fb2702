import {join} from 'node:path';
import {quote} from '../shell/command.ts';
import type {Cluster, Node} from './cluster.ts';
import {wizardKeyFile} from './keys.ts';

/** The file of pinned host keys, in the state directory beside `ssh_config`. */
export const knownHostsFile = 'known_hosts';

/**
 * How every machine is reached, for us, for the printed script and for the user's own `sudo ssh -F`.
 * It works where the external network is: on the host, or inside the sandbox.
 */
export function sshConfig(cluster: Cluster): string {
	const [first, second] = cluster.directors;
	const limit = Math.max(3, 3 * cluster.pace);
	return [
		`# How to reach the machines of ${cluster.name}: sudo ssh -F ${quote(cluster.paths.sshConfig)} ${first.name}`,
		...(cluster.sandbox ? [`# It works on the sandbox's host only; from outside: cluster-wizard ssh ${first.name}`] : []),
		'# Written by cluster-wizard; changes are lost.',
		...cluster.directors.map(node => host(node, [`HostName ${node.external}`, `ConnectTimeout ${limit}`])),
		...cluster.nodes.filter(node => node.external === undefined).map(node => host(node, [
			`HostName ${node.internal}`,
			// The handshake goes through a director, or through both, one after the other.
			`ConnectTimeout ${3 * limit}`,
			`ProxyCommand ${throughDirector(cluster.paths.sshConfig, first.name, second.name)}`,
		])),
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

/** Every machine's host key under its name (`HostKeyAlias`): another key is a refusal. */
export function knownHosts(cluster: Cluster): string {
	return cluster.nodes.map(node => `${node.name} ${node.hostKey.public}\n`).join('');
}

function host(node: Node, lines: readonly string[]): string {
	return `Host ${node.name}\n${indent([...lines, `HostKeyAlias ${node.name}`])}\n`;
}

/**
 * Through the first director, and if that one does not let us through, through the other.
 * ssh starts it with `exec`, so that two commands need a shell of their own.
 */
function throughDirector(config: string, first: string, second: string): string {
	const hop = (director: string) => `ssh -F "$0" -o BatchMode=yes -W "$1" ${director}`;
	const script = `${hop(first)} 2>/dev/null || exec ${hop(second)}`;
	return `sh -c ${quote(script)} ${quote(config).replaceAll('%', '%%')} %h:%p`;
}

/** A word in ssh_config: quoted for its own reader, which also expands percent signs. */
function configWord(path: string): string {
	return `"${path.replaceAll(/(["\\])/g, String.raw`\$1`).replaceAll('%', '%%')}"`;
}

function indent(lines: readonly string[]): string {
	return lines.map(line => `\t${line}`).join('\n');
}

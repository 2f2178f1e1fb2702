import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import {quote} from '../engine/command.ts';
import {UserError} from '../engine/failure.ts';
import {sessionMessages} from '../messages/session.ts';
import type {CommonOptions} from './options.ts';
import {throughSandbox} from './sandbox.ts';
import {openExisting, type Session} from './session.ts';

/** Runs a command on a node or on the host with our standard streams. Its exit code is ours. */
export async function exec(options: CommonOptions, place: string, command: readonly string[]): Promise<number> {
	const session = await openExisting(options);
	checkPlace(session, place);
	return throughSandbox(session, async () => {
		const text = command.map(word => quote(word)).join(' ');
		return place === 'host' ? attached('sh', ['-c', text]) : attached('ssh', [...sshOptions(session), '-T', place, '--', text]);
	});
}

/** A shell on a node or on the host. */
export async function ssh(options: CommonOptions, place: string): Promise<number> {
	const session = await openExisting(options);
	checkPlace(session, place);
	return throughSandbox(session, async () => place === 'host' ? attached(process.env['SHELL'] ?? 'sh', []) : attached('ssh', [...sshOptions(session), place]));
}

function sshOptions({cluster}: Session): string[] {
	return ['-F', cluster.paths.sshConfig];
}

function checkPlace({cluster, language}: Session, place: string): void {
	const nodes = cluster.nodes.map(({name}) => name);
	if (place !== 'host' && !nodes.includes(place)) {
		throw new UserError(sessionMessages.unknownNode(place, nodes)[language], 2);
	}
}

async function attached(program: string, words: readonly string[]): Promise<number> {
	const child = spawn(program, words, {stdio: 'inherit'});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
		});
	});
}

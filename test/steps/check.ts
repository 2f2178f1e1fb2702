import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {render, type Command} from '../../source/shell/command.ts';

export interface Pretence {
	/** Contents of files that the command reads, by the path it reads them from. */
	readonly files?: Readonly<Record<string, string>>;
	/** Programs by name, as shell text. */
	readonly programs?: Readonly<Record<string, string>>;
	readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command of ours in a shell that is shown other files and other programs than this machine's. */
export function runWith(
	command: Command,
	{files = {}, programs = {}, environment = {}}: Pretence = {},
): {code: number; output: string} {
	const folder = mkdtempSync(join(tmpdir(), 'check-'));
	try {
		let text = render(command, 'execute');
		for (const [index, [path, content]] of Object.entries(files).entries()) {
			const stand = join(folder, `file${index}`);
			writeFileSync(stand, content);
			text = text.replaceAll(path, stand);
		}

		for (const [name, body] of Object.entries(programs)) {
			writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, {mode: 0o755});
		}

		return run(text, {...process.env, ...environment, PATH: `${folder}:${process.env.PATH}`});
	} finally {
		rmSync(folder, {recursive: true});
	}
}

function run(text: string, env: NodeJS.ProcessEnv): {code: number; output: string} {
	try {
		return {code: 0, output: execFileSync('sh', ['-c', text], {encoding: 'utf8', stdio: 'pipe', env}).trim()};
	} catch (error) {
		const {status, stdout, stderr} = error as {status: number; stdout: string; stderr: string};
		return {code: status, output: `${stdout}${stderr}`.trim()};
	}
}

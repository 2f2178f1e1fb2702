import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isStopped, prompt} from '../pty/job-shell.ts';
import {PseudoTerminal} from '../pty/pseudo-terminal.ts';
import {keys} from '../screens/screen.tsx';
import {catalogue, sudoRs} from './catalogue.ts';
import {Host} from './host.ts';
import {user} from './layers.ts';
import {packProgram, putInHome, runPacked} from './packed-program.ts';

/** Ways to become root, on one host: sudo-rs, which the program calls itself, and those that the user calls. */

const base = catalogue.find(({name}) => name === 'sudo-rs in the place of sudo')!;
const host = new Host({
	...base,
	additions: [
		...base.additions!.filter(addition => addition !== sudoRs),
		{packages: ['opendoas', 'polkitd', 'pkexec']},
		sudoRs,
	],
	files: {
		...base.files,
		'/etc/doas.conf': `permit nopass ${user.name}\n`,
		// Nobody is there whom polkit could ask.
		'/etc/polkit-1/rules.d/10-ana.rules': `polkit.addRule(function (action, subject) { return subject.user === '${user.name}' ? polkit.Result.YES : undefined; });\n`,
	},
});

beforeAll(async () => {
	await host.start();
	await putInHome(host, {'cluster-wizard.tgz': packProgram()});
	await host.succeeds('chmod 644 /etc/doas.conf');
});
afterAll(async () => host.remove());

/** Makes a cluster's folder with nothing in it but what the first chapter leaves. */
const made = async (way: string) => {
	const words = `npx --yes --package /home/${user.name}/cluster-wizard.tgz cluster-wizard`;
	return runPacked(host, `up --yes --only host`, 240, way === '' ? undefined : `${way} ${words}`);
};

describe.each([
	['sudo-rs', '', user.name],
	['doas', 'doas env PATH="$PATH"', user.name],
	['pkexec', 'pkexec env PATH="$PATH"', user.name],
	['run0', 'run0 --background= env PATH="$PATH"', user.name],
	['systemd-run, which does not say for whom', 'systemd-run --quiet --pty env PATH="$PATH"', 'root'],
])('by %s', (_, way, owner) => {
	test('the cluster belongs to the user who called', async () => {
		const {code, output} = await made(way);
		expect(code, output).toBe(0);
		const readers = await host.succeeds('stat -c %G /var/lib/cluster-wizard/web /var/lib/cluster-wizard/web/logs');
		expect(readers).toBe(`${owner}\n${owner}`);
		await host.succeeds('rm -r /var/lib/cluster-wizard');
	});
});

test("sudo-rs asks in our words; Ctrl-Z leads to the user's shell, and fg back", async () => {
	const [program, ...words] = host.asUser(`PS1='${prompt}' exec bash --norc --noprofile -i`);
	const terminal = new PseudoTerminal(program!, words);
	try {
		await terminal.shows(prompt);
		terminal.pty.write('npx --yes --package ./cluster-wizard.tgz cluster-wizard\r');
		await terminal.shows(`cluster-wizard needs root. Password of ${user.name}: `, 60_000);
		terminal.pty.write(`${user.password}\r`);
		await terminal.shows('Build in a sandbox', 60_000);
		for (let time = 0; time < 2; time++) {
			await terminal.press('\u001A');
			await isStopped(terminal);
			terminal.pty.write('clear; fg\r');
			await terminal.shows('Build in a sandbox');
			expect(terminal.buffer).toBe('alternate');
		}

		await terminal.press(keys.interrupt);
		await terminal.until(() => terminal.buffer === 'normal', 'the wizard to end');
	} finally {
		terminal.end();
	}
});

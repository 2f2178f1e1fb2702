import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {catalogue} from './catalogue.ts';
import {wan} from './cables.ts';
import {Host} from './host.ts';
import {packProgram, putInHome, runPacked} from './packed-program.ts';
import {printTable, writeTable, type Row} from './table.ts';

let program: Buffer;
const rows = new Map<string, Row>();

beforeAll(() => {
	program = packProgram();
});

afterAll(() => {
	const all = catalogue.flatMap(({name}) => rows.get(name) ?? []);
	printTable(all);
	if (process.env['WRITE_TABLE'] !== undefined) {
		writeTable(all);
	}
});

/** Everything that a removal has to give back: files with owner and mode, interfaces with addresses, units. */
const belongings = `
	cd /etc && find . -path ./mtab -o \\( -type f -o -type l \\) -printf '%p %u:%g %m %l\\n' | sort
	find . -type f -exec sha256sum {} + | sort
	ip -4 -o address show | awk '{print $2, $4}' | grep -v '^lo' | sort
	systemctl list-unit-files --no-legend | awk '{print $1, $2}' | sort
	ls -d /var/lib/cluster-wizard* 2>/dev/null || :
`;

describe.concurrent('the packed program, run by npx as the ordinary user', () => {
	test.each(catalogue)('on $name', async definition => {
		const host = new Host(definition);
		const cluster = async (words: string, seconds?: number) => runPacked(host, words, seconds);
		const started = performance.now();
		const seconds = () => (performance.now() - started) / 1000;
		try {
			await host.start();
			const boot = seconds();
			await putInHome(host, {
				'cluster-wizard.tgz': program,
				'bridge.yaml': `host: {external: bridge, nic: ${wan.nic}}\n`,
			});
			const {unfit = [], says = [], keepsSilent = [], bridge} = definition;
			const nat = await cluster('plan');
			expect(nat.code, nat.output).toBe(unfit.length > 0 ? 3 : 0);
			for (const text of [...unfit, ...says]) {
				expect(nat.output).toContain(text);
			}

			for (const text of keepsSilent) {
				expect(nat.output).not.toContain(text);
			}

			const bridged = await cluster('plan --answers bridge.yaml');
			if ('refusal' in bridge) {
				expect(bridged.code, bridged.output).toBe(3);
				expect(bridged.output).toContain(bridge.refusal);
				if (bridge.remedy !== undefined) {
					expect(bridged.output.replaceAll(/\s+/g, ' ')).toContain(bridge.remedy);
					await host.succeeds(bridge.remedy);
					const then = await cluster('plan --answers bridge.yaml');
					expect(then.code, then.output).toBe(0);
				}

				rows.set(definition.name, {definition, boot, seconds: seconds()});
				return;
			}

			expect(bridged.code, bridged.output).toBe(0);
			const before = await host.succeeds(belongings);
			const made = await cluster('up --yes --only external-network --answers bridge.yaml', 240);
			expect(made.code, made.output).toBe(0);
			expect(await host.succeeds("ip -4 -o address show dev kvmbr0 | awk '{print $4}'")).toBe(
				bridge.addresses.join('\n'),
			);
			await host.answers('wan', 10);
			const removed = await cluster('down --yes', 240);
			expect(removed.code, removed.output).toBe(0);
			expect(await host.succeeds(belongings)).toBe(before);
			await host.answers('wan', 10);
			rows.set(definition.name, {definition, boot, seconds: seconds()});
		} finally {
			await host.remove();
		}
	});
});

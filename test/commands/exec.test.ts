import {expect, test} from 'vitest';
import {exec} from '../../source/commands/exec.ts';

test.each([
	['en', 'Options go before the node: `cluster-wizard exec --state-dir … server1 COMMAND`.'],
	['es', 'Las opciones van antes del nodo: `cluster-wizard exec --state-dir … server1 ORDEN`.'],
] as const)('options behind the node are not taken for a command (%s)', async (language, sentence) => {
	for (const words of [
		['--state-dir', '/nowhere', 'uptime'],
		['--state-dir=/nowhere', 'uptime'],
	]) {
		await expect(exec({language, stateDir: '/nowhere/of/a/test'}, 'server1', words)).rejects.toMatchObject({
			exitCode: 2,
			message: expect.stringContaining(sentence) as string,
		});
	}
});

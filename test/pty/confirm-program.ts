import {confirm} from '../../source/session/confirm.ts';

const [name] = process.argv.slice(2);
try {
	await confirm({language: 'en', ...(name && {name})});
	process.stdout.write('GOES ON\n');
} catch (error) {
	process.stdout.write(`STOPS: ${(error as Error).message}\n`);
	process.exitCode = (error as {exitCode?: number}).exitCode ?? 70;
}

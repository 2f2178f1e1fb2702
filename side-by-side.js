import {spawn} from 'node:child_process';

/**
 * Runs scripts of package.json at the same time, as some of them use one processor only: `side-by-side.js NAME… -- ARGUMENT…`.
 * The last one gets the arguments and writes to the terminal; the output of the others follows where they end.
 * Fails if one of them fails.
 */
const words = process.argv.slice(2);
const end = words.includes('--') ? words.indexOf('--') : words.length;
const scripts = words.slice(0, end);
const last = scripts.at(-1);

const codes = await Promise.all(
	scripts.map(
		name =>
			new Promise((resolve, reject) => {
				const isLast = name === last;
				const child = spawn('npm', ['run', '-s', name, ...(isLast ? ['--', ...words.slice(end + 1)] : [])], {
					stdio: isLast ? 'inherit' : ['ignore', 'pipe', 'pipe'],
				});
				const output = [];
				child.stdout?.on('data', chunk => output.push(chunk));
				child.stderr?.on('data', chunk => output.push(chunk));
				child.on('error', reject);
				child.on('close', code => {
					process.stdout.write(Buffer.concat(output));
					if (code !== 0) {
						process.stderr.write(`npm run ${name}: failed\n`);
					}

					resolve(code ?? 1);
				});
			}),
	),
);
process.exitCode = codes.find(code => code !== 0) ?? 0;

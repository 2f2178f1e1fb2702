import {spawn} from 'node:child_process';

/** As `becomeRoot` and sudo without a terminal of its own: a parent in the same process group that waits. */
const child = spawn(process.argv[2]!, process.argv.slice(3), {stdio: 'inherit'});
child.once('exit', code => {
	process.exitCode = code ?? 137;
});

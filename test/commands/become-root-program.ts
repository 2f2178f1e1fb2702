import {importCallerEnvironment} from '../../source/session/sudo-caller.ts';
import {becomeRoot} from '../../source/session/root.ts';

// Both halves of the program: as a user it calls sudo; as root it says what it knows of the user's environment.
importCallerEnvironment();
process.exitCode =
	(await becomeRoot(async () => 'en')) ?? (process.stdout.write(`${JSON.stringify(process.env)}\n`), 0);

import type {render} from 'ink';

/** Ink stays blank where it believes that nobody is looking; here it has a terminal. */
export async function loadInk(): Promise<typeof render> {
	const kept = Object.entries(process.env).filter(([name]) => name === 'CI' || name === 'CONTINUOUS_INTEGRATION' || name.startsWith('CI_'));
	for (const [name] of kept) {
		delete process.env[name];
	}

	const ink = await import('ink');
	Object.assign(process.env, Object.fromEntries(kept));
	return ink.render;
}

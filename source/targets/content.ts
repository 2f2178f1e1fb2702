/** Text for a command's standard input; empty if there is none. */
export function contentOf(input: {reveal: () => string} | string | undefined): string {
	return typeof input === 'object' ? input.reveal() : (input ?? '');
}

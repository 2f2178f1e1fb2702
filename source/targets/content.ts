/** The bytes of a command's standard input. */
export function contentOf(input: {reveal: () => string} | string | undefined): string {
	return typeof input === 'object' ? input.reveal() : input ?? '';
}

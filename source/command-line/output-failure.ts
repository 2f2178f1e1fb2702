/**
 * Watches standard output and standard error. If the reader has gone (`| head`), the work stops in order. Any other
 * failure, such as a full disk, is reported once.
 * @param stop stops the work
 * @param tell reports the failure, while the other stream may still work
 * @returns a function that tells whether output was lost for any reason other than a reader that has gone
 */
export function watchOutput(stop: () => void, tell: (error: Error) => void): () => boolean {
	let isLost = false;
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EPIPE' && !isLost) {
				isLost = true;
				tell(error);
			}

			stop();
		});
	}

	return () => isLost;
}

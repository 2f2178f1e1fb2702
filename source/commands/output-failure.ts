/**
 * Watches standard output and error: when whoever reads along has gone (`| head`), nobody wants the rest, and the work
 * stops in order. Any other failure, such as a full disk, is told once.
 * @param stop ends the work
 * @param tell takes the failure, while the other stream may still work
 * @returns whether output was lost for another reason than a reader that has gone
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

/** The candidate most similar to a word; undefined if more than a third of the word's letters differ in all of them. */
export function closestWord(word: string, candidates: readonly string[]): string | undefined {
	const most = Math.max(1, Math.floor(word.length / 3));
	const [best] = candidates
		// The distance is at least the difference in length, so candidates of very different length are skipped.
		.filter(candidate => Math.abs(candidate.length - word.length) <= most)
		.map(candidate => ({candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase())}))
		.sort((one, other) => one.distance - other.distance);
	return best && best.distance <= most ? best.candidate : undefined;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): minimum number of insertions, deletions, substitutions and
 * swaps of two adjacent letters.
 */
function distance(one: string, other: string): number {
	let before: number[] = [];
	let row = Array.from({length: other.length + 1}, (_, index) => index);
	for (let i = 1; i <= one.length; i++) {
		const next = [i];
		for (let j = 1; j <= other.length; j++) {
			const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
			next.push(
				Math.min(
					next[j - 1]! + 1,
					row[j]! + 1,
					row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
					isSwapped ? before[j - 2]! + 1 : Infinity,
				),
			);
		}

		before = row;
		row = next;
	}

	return row[other.length]!;
}

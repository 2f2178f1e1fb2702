/** The newest items of a stream. Items keep their number, so that a view stays where it is while more arrive. */
export class RingBuffer<Item> {
	readonly #items: Item[] = [];
	readonly #capacity: number;
	#end = 0;

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** The number of the oldest item that is kept. */
	get start(): number {
		return this.#end - this.#items.length;
	}

	/** How many items there have been: the number of the next one. */
	get end(): number {
		return this.#end;
	}

	push(item: Item): void {
		if (this.#items.length < this.#capacity) {
			this.#items.push(item);
		} else {
			this.#items[this.#end % this.#capacity] = item;
		}

		this.#end++;
	}

	/** Nothing when it is not kept any more, or not there yet. */
	at(number: number): Item | undefined {
		return number < this.start || number >= this.#end ? undefined : this.#items[number % this.#capacity];
	}

	slice(from: number, to: number): Item[] {
		const items: Item[] = [];
		for (let number = Math.max(from, this.start); number < Math.min(to, this.#end); number++) {
			items.push(this.at(number)!);
		}

		return items;
	}
}

import {outcomeWords} from './measure.ts';
import {inFigures, nouns} from './quantity.ts';
import type {Text} from './text.ts';

/** Words of `probe`. */
export const probeMessages = {
	outcomes: outcomeWords,
	began: (url: string, interval: number, limit: number): Text => ({
		en: `One request to ${url} every ${interval} ms, each given ${limit} ms. Ctrl-C ends it.`,
		es: `Una petición a ${url} cada ${interval} ms, con ${limit} ms cada una. Ctrl-C lo termina.`,
	}),
	kinds: {
		'keep-alive': {en: 'the connection that is kept alive', es: 'la conexión persistente'},
		'download': {en: 'the slow download', es: 'la descarga lenta'},
	},
	closed: (kind: string): Text => ({en: `The server ended ${kind}, in order.`, es: `El servidor ha cerrado ${kind} ordenadamente.`}),
	lostConnection: (kind: string, reason: string): Text => ({en: `Lost ${kind}: ${reason}.`, es: `Se ha perdido ${kind}: ${reason}.`}),
	summary: (sent: number, lost: number): Text => ({en: `${inFigures(sent, nouns.request).en}, ${lost} lost`, es: `${inFigures(sent, nouns.request).es}, ${lost} ${lost === 1 ? 'perdida' : 'perdidas'}`}),
	outage: (milliseconds: number, lost: number, isOver: boolean): Text => ({
		en: `Longest outage: ${(milliseconds / 1000).toFixed(2)} s, ${inFigures(lost, nouns.request).en} lost in it${isOver ? '' : '; it still lasts'}`,
		es: `Interrupción más larga: ${(milliseconds / 1000).toFixed(2)} s, con ${inFigures(lost, nouns.request).es} ${lost === 1 ? 'perdida' : 'perdidas'}${isOver ? '' : '; aún dura'}`,
	}),
	latency: (milliseconds: readonly [median: number, p95: number, worst: number]): Text => {
		const [median, p95, worst] = milliseconds.map(value => `${value.toFixed(1)} ms`);
		return {en: `Answers took ${median} (median), ${p95} (95th percentile), ${worst} (longest)`, es: `Las respuestas han tardado ${median} (mediana), ${p95} (percentil 95), ${worst} (la más lenta)`};
	},
	servers: {en: 'Answers by server', es: 'Respuestas por servidor'},
	directors: {en: 'Answers by director', es: 'Respuestas por director'},
	lateness: (milliseconds: number): Text => ({
		en: `The probe itself was up to ${milliseconds.toFixed(1)} ms late (95th percentile).`,
		es: `La propia sonda se ha retrasado hasta ${milliseconds.toFixed(1)} ms (percentil 95).`,
	}),
	isVoid: {
		en: 'That is more than one interval, or nothing was sent: these figures say nothing of the cluster.',
		es: 'Es más de un intervalo, o no se ha enviado nada: estas cifras no dicen nada del clúster.',
	},
	notAnswered: (count: number): Text => ({
		en: `${inFigures(count, nouns.request).en} did not get the page from a web server: exit code 4.`,
		es: `${inFigures(count, nouns.request).es} no ${count === 1 ? 'ha' : 'han'} recibido la página de un servidor web: código de salida 4.`,
	}),
	notNumber: (option: string, value: string, least: number, most: number): Text => ({
		en: `${option} must be a number from ${least} to ${most}, not "${value}".`,
		es: `${option} debe ser un número de ${least} a ${most}, no «${value}».`,
	}),
	notPath: (value: string): Text => ({en: `--download must be a path that begins with /, not "${value}".`, es: `--download debe ser una ruta que empiece por /, no «${value}».`}),
};

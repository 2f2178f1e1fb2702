import type {Text} from './text.ts';

/** Sentences of commands that find another process at work on the cluster. */
export const busyMessages = {
	busy: (name: string, work: Text, progress: Text | undefined): Text => ({
		en: `${name}: ${work.en}${progress ? ` (${progress.en})` : ''}.`,
		es: `${name}: ${work.es}${progress ? ` (${progress.es})` : ''}.`,
	}),
	progress: (done: number, all: number): Text => ({en: `${done} of ${all} parts are done`, es: `${done} de ${all} partes terminadas`}),
	plan: {
		en: 'The plan can be made once that has ended. Meanwhile `cluster-wizard status` shows the cluster. Nothing was touched.',
		es: 'El plan se podrá hacer cuando termine. Mientras tanto, `cluster-wizard status` muestra el clúster. No se ha tocado nada.',
	},
	sandbox: {
		en: 'Its sandbox does not run at the moment. Wait for that process.',
		es: 'Su entorno aislado no está en marcha en este momento. Espere a ese proceso.',
	},
	wait: {en: 'Wait until that has ended. Nothing was touched.', es: 'Espere a que termine. No se ha tocado nada.'},
	page: {en: 'The page may not answer yet.', es: 'Puede que la página aún no responda.'},
};

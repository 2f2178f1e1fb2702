/**
 * Modes of a terminal while the wizard has it (xterm's ctlseqs): no automatic wrapping, so that nothing can scroll; the
 * wheel sends arrow keys (1007, saved and restored because terminals differ in its default); pasted text is marked (2004);
 * no cursor.
 */
const modes = '\u001B[?7l\u001B[?1007h\u001B[?2004h\u001B[?25l';

/** The alternate screen with its modes. */
export const enterScreen = `\u001B[?1049h\u001B[?1007s${modes}\u001B[2J\u001B[H`;

/** The modes once more, should something else have changed them. */
export const assertModes = modes;

/** Everything as it was. */
export const leaveScreen = '\u001B[?2004l\u001B[?1007r\u001B[?7h\u001B[?25h\u001B[?1049l';

/** The same for a screen reader, which has no screen of its own. */
export const enterReader = '\u001B[?2004h';
export const leaveReader = '\u001B[?2004l\n';

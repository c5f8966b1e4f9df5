/** What of a tentative plan is decided now, what waits, and why. */
package org.shanpai.engine.commit;

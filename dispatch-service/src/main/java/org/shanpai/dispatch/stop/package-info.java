/** What is planned for a stop: where the goods are had, from when on, and how long it takes. */
package org.shanpai.dispatch.stop;

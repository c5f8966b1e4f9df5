/** What may come: futures drawn from the recent past, and what it costs to end far from it. */
package org.shanpai.engine.foresight;

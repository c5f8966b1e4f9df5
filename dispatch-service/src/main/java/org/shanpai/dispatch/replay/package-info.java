/** Stored waves: how they are written down, and how one is run again. */
package org.shanpai.dispatch.replay;

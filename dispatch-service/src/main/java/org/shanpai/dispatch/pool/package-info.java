/** The kinds of riders and the rules each kind works by. */
package org.shanpai.dispatch.pool;

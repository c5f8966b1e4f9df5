/** Whose orders riders do not want any more. */
package org.shanpai.dispatch.block;

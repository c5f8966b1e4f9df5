/**
 * The wave in arrays, and what a route costs.
 *
 * <p>Times are whole seconds counted from the wave's now: what may begin is rounded up, what is due
 * is rounded down, so that rounding never hides lateness.
 */
package org.shanpai.engine.routing;

/**
 * Days of meal delivery from the Grubhub instances, simulated under the rules of their base
 * variant: dispatchers see an order from its placement on and never before.
 *
 * <p>Times are ticks, tenths of a minute ({@link org.shanpai.bench.mdrp.Ticks}).
 */
package org.shanpai.bench.mdrp;

/** What {@code bench geo} of the service benchmarks measured, as a chapter of BENCHMARKS.md. */
package org.shanpai.bench.geo;

/**
 * Made-up cities and areas, as the engine's records: snapshots for one decision, streams of waves.
 */
package org.shanpai.bench.city;

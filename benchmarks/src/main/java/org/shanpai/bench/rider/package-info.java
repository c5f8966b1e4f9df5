/** What BENCHMARKS.md tells of the riders' side; the measuring is in service-benchmarks. */
package org.shanpai.bench.rider;

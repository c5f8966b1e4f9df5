/** What BENCHMARKS.md tells of the intake; the measuring is in service-benchmarks. */
package org.shanpai.bench.intake;

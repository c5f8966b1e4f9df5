/**
 * Other solvers on the same waves, judged by one evaluator that shares no line with the engine's
 * search.
 */
package org.shanpai.bench.peers;

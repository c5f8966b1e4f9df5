/** The improving search, the only place that knows OptaPlanner. */
package org.shanpai.engine.solver;

package org.shanpai.engine.solver;

/**
 * A stop as an element of the planning list. A plain value: nothing is derived on it, so that no
 * listener has to run.
 *
 * @param index stop index in the problem
 */
record StopNode(int index) {}

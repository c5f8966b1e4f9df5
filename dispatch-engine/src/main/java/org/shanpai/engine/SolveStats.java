package org.shanpai.engine;

/**
 * How a plan came about.
 *
 * @param constructedCost cost after insertion, mc
 * @param cost cost at the end, mc; never above the first
 * @param steps moves tried by the search; solving the same wave with this step limit repeats it
 * @param searched whether the improving search ran
 * @param failure message of a failure that was survived by falling back, or null
 * @param elapsedMicros time taken by the injected elapsed-time source
 * @param engineVersion {@link DispatchEngine#VERSION} of the engine that solved it
 */
public record SolveStats(
    long constructedCost,
    long cost,
    int steps,
    boolean searched,
    String failure,
    long elapsedMicros,
    String engineVersion) {}

package org.shanpai.servicebench.intake;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param merchants at least 2; the first one's receiver is the dead one
 * @param connections of the client, the most requests under way
 * @param warmUp before anything counts
 * @param step how long each rate is tried in the search
 * @param round how long each held round is
 * @param repetitions rounds of each part
 * @param firstRate orders a second at which the search begins
 * @param mostRate no further than this
 * @param notices webhooks sent in each round as fast as they go
 * @param lagRate webhooks a second at which lags are compared
 * @param lagTime for how long
 */
public record Size(
    int merchants,
    int connections,
    Duration warmUp,
    Duration step,
    Duration round,
    int repetitions,
    double firstRate,
    double mostRate,
    int notices,
    double lagRate,
    Duration lagTime,
    long seed) {}

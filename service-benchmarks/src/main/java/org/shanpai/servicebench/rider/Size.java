package org.shanpai.servicebench.rider;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param riders with an account
 * @param rows of each in the ledger before anything is measured
 * @param events judged in each round
 * @param readRate scores asked for a second
 * @param readers riders who ask, at most {@code riders}
 * @param round how long each round of reads is
 * @param repetitions rounds of each part
 */
public record Size(
    int riders,
    int rows,
    int events,
    double readRate,
    int readers,
    Duration round,
    int repetitions,
    long seed) {}

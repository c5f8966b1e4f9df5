package org.shanpai.city.plan;

/**
 * What riders do beside riding. Shares are 0–1, times city milliseconds.
 *
 * @param notAccepted share of offers not accepted
 * @param unanswered share of those that are left to expire; the others are declined
 * @param thinkMillis longest time spent reading an offer; the shortest is a quarter of it
 * @param releases share of accepted jobs given back before the pickup
 * @param mistypes share of codes first typed wrong
 * @param silences how often an hour the position is lost for a while
 * @param seeksWork whether an idle rider rides back to where the stores are
 * @param storeBefore from arriving at a store to having the goods, if they are ready
 * @param storeAfter from having the goods to leaving
 * @param doorAfter from handing over to leaving
 * @param speaksUp whether riders and customers use what is theirs besides: appeals, complaints,
 *     hand-overs, campaigns, a queue in tunnels
 */
public record Habits(
    double notAccepted,
    double unanswered,
    long thinkMillis,
    double releases,
    double mistypes,
    double silences,
    boolean seeksWork,
    long storeBefore,
    long storeAfter,
    long doorAfter,
    boolean speaksUp) {}

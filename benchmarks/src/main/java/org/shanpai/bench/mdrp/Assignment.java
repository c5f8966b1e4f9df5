package org.shanpai.bench.mdrp;

/**
 * One courier goes now to one restaurant, takes these orders when all are ready, and brings them to
 * their doors in this sequence.
 *
 * @param courier number of an idle courier
 * @param orders numbers of open orders of one restaurant, in the sequence of their drop-offs
 */
public record Assignment(int courier, int[] orders) {}

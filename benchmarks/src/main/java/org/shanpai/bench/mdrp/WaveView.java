package org.shanpai.bench.mdrp;

import java.util.List;

/**
 * What is to be decided in one wave.
 *
 * @param now the present, {@link Ticks}
 * @param openOrders orders placed and not assigned, by number and so by placement
 * @param couriers all couriers by number, those off duty included: shifts are known beforehand
 */
public record WaveView(int now, int[] openOrders, List<CourierView> couriers) {}

package org.shanpai.bench.mdrp;

/**
 * A courier as a wave finds them. Times are {@link Ticks}.
 *
 * @param courier number of the courier
 * @param onTime the shift begins
 * @param offTime no pickup after this
 * @param freeAt from when they stand at {@code freePlace}, able to move: the end of the assignment
 *     under way, or of the last one, or the shift's beginning
 * @param freePlace where they then stand
 * @param idle whether they may be given an assignment in this wave: on duty and not under way
 * @param ordersAssigned orders given to them so far today
 */
public record CourierView(
    int courier,
    int onTime,
    int offTime,
    int freeAt,
    int freePlace,
    boolean idle,
    int ordersAssigned) {}

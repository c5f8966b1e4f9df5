package org.shanpai.order.intake;

import org.shanpai.contracts.Money;

/**
 * The delivery fee by distance: the base up to {@code baseMetres}, then {@code stepFen} for each
 * begun {@code stepMetres}; the DIRECT tier adds {@code directFen}.
 *
 * @param baseFen 0 or more
 * @param baseMetres metres the base covers, 0 or more
 * @param stepMetres at least 1
 * @param stepFen 0 or more
 * @param directFen 0 or more
 */
public record FeeTable(long baseFen, int baseMetres, int stepMetres, long stepFen, long directFen) {

  /**
   * @throws IllegalArgumentException naming what cannot be
   */
  public FeeTable {
    if (baseFen < 0 || stepFen < 0 || directFen < 0 || baseMetres < 0 || stepMetres < 1) {
      throw new IllegalArgumentException(
          "Fees must be 0 or more and a step at least 1 m long, but the table reads base "
              + baseFen
              + " fen up to "
              + baseMetres
              + " m, then "
              + stepFen
              + " fen every "
              + stepMetres
              + " m, direct "
              + directFen
              + " fen.");
    }
  }

  static FeeTable of(IntakeSettings.Fee fee) {
    return new FeeTable(
        fee.baseFen(), fee.baseMetres(), fee.stepMetres(), fee.stepFen(), fee.directFen());
  }

  /**
   * @param metres from store to door as the crow flies, 0 or more
   */
  public Money fee(int metres, boolean direct) {
    long beyond = Math.max(0, metres - baseMetres);
    long steps = (beyond + stepMetres - 1) / stepMetres;
    return Money.ofFen(baseFen + steps * stepFen + (direct ? directFen : 0));
  }
}

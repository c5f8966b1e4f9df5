package org.shanpai.order.intake;

import io.smallrye.config.ConfigMapping;

/** Settings of the intake: fees, room, promises. */
@ConfigMapping(prefix = "shanpai.intake")
public interface IntakeSettings {

  /** What a delivery costs the merchant. */
  Fee fee();

  /** How much room goods need. */
  Load load();

  /** What is promised. */
  Promise promise();

  /** See {@link FeeTable}. */
  interface Fee {
    /** Fee of the nearest deliveries, fen. */
    long baseFen();

    /** Metres the base covers. */
    int baseMetres();

    /** Length of a step beyond the base, metres. */
    int stepMetres();

    /** Fee of each begun step, fen. */
    long stepFen();

    /** Added when the goods never share the box, fen. */
    long directFen();
  }

  /** See {@link LoadRule}. */
  interface Load {
    /** Grams one unit of a rider's box holds. */
    int gramsPerUnit();

    /** Pieces one unit of a rider's box holds. */
    int piecesPerUnit();
  }

  /** See {@link PromiseRule}. */
  interface Promise {
    /** Promised when the merchant asks for nothing else. */
    int standardSeconds();

    /** Shortest promise a merchant may ask for. */
    int shortestSeconds();

    /** Longest promise a merchant may ask for. */
    int longestSeconds();
  }
}

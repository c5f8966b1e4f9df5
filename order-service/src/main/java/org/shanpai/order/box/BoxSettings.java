package org.shanpai.order.box;

import io.smallrye.config.ConfigMapping;

/** Settings of packing and of purchases that take several riders. */
@ConfigMapping(prefix = "shanpai.box")
public interface BoxSettings {

  /** Units of a rider's load that the largest box holds. */
  int units();

  /** Riders one purchase may be split over. */
  int mostLoads();

  /** Fee of each load after the first, fen. */
  long furtherLoadFen();
}

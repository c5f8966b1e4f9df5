package org.shanpai.order.load;

import io.smallrye.mutiny.Uni;
import org.shanpai.contracts.AreaId;

/** Tells how busy areas are. */
public interface AreaLoads {

  /** Never fails and hardly ever waits; {@link AreaLoad#UNKNOWN} when nobody can tell now. */
  Uni<AreaLoad> of(AreaId area);
}

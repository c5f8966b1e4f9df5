package org.shanpai.order.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;

/** Tells in which area of dispatch a place lies. */
public interface AreaFinder {

  /**
   * @param actor for whom it is asked
   * @return empty when the place lies outside every area; fails with {@link Problem} 503 when
   *     nobody can tell now
   */
  Uni<Optional<AreaId>> areaAt(GeoPoint place, MerchantId actor);
}

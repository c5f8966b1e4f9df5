package org.shanpai.order.tracking;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/** What geo-service knows of a delivery under way. No answer is empty, never a failure. */
public interface Whereabouts {

  /**
   * Streets to draw.
   *
   * @param main whether it is a main road
   * @param line lat, lon, lat, lon … in WGS-84
   */
  record Street(boolean main, double[] line) {}

  Uni<Optional<RiderFix>> fixOf(RiderId rider);

  Uni<Optional<Arrival>> arrivalOf(JobId job);

  /** The streets of a corridor from one place to another, main roads first. */
  Uni<List<Street>> streetsBetween(GeoPoint one, GeoPoint other);
}

package org.shanpai.stack.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shanpai.city.report.GeoFigures;

/** What a run shows of places and times, in lines for people. */
final class GeoLines {

  private GeoLines() {}

  static List<String> of(GeoFigures geo) {
    List<String> lines = new ArrayList<>();
    if (geo == null) {
      return lines;
    }
    GeoFigures.Arrivals arrivals = geo.arrivals();
    if (arrivals != null) {
      lines.add(
          "proven by positions: %d of %d arrivals at stores (%s), %d of %d at doors (%s)"
              .formatted(
                  arrivals.atStoreProven(),
                  arrivals.atStore(),
                  ahead(arrivals.storeProofBeforeTapSeconds()),
                  arrivals.atCustomerProven(),
                  arrivals.atCustomer(),
                  ahead(arrivals.customerProofBeforeTapSeconds())));
    }
    GeoFigures.Pickups pickups = geo.pickups();
    if (pickups != null && pickups.learned() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "pickup points: %d of %d stores learned, median error %.1f m told, %.1f m learned",
              pickups.learned(),
              pickups.stores(),
              pickups.toldMetres(),
              pickups.learnedMetres()));
    }
    lines.add(
        "pings: %d sent, %d faked, not believed %s; unserved customers %s"
            .formatted(
                geo.pings().sent(), geo.pings().faked(), geo.pings().rejected(), geo.asked()));
    if (geo.suggestion() != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "a store is missed most at %.4f, %.4f: %.1f orders more",
              geo.suggestion().place().path("lat").asDouble(),
              geo.suggestion().place().path("lon").asDouble(),
              geo.suggestion().adds()));
    }
    return lines;
  }

  private static String ahead(Double seconds) {
    return seconds == null
        ? "none"
        : String.format(
            Locale.ROOT,
            "median %.0f s %s the tap",
            Math.abs(seconds),
            seconds < 0 ? "after" : "before");
  }
}

package org.shanpai.geo.travel.streets;

import com.graphhopper.reader.ReaderWay;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.util.WayAccess;
import com.graphhopper.routing.util.parsers.BikeCommonAccessParser;
import java.util.List;
import java.util.Set;

/**
 * Which ways an e-bike with a delivery box may use, read from the tags of a way and its barriers.
 *
 * <p>By law a bicycle's ways, one-way streets and ways against them included, except: never
 * motorways, steps or ferries; trunk roads only where bicycles are named; what is open to
 * deliveries is open. A gate or bollard is passable unless its own tags close it.
 */
final class EBikeAccess extends BikeCommonAccessParser {

  static final String NAME = "ebike_access";

  private static final Set<String> NEVER = Set.of("motorway", "motorway_link", "steps");
  private static final Set<String> WHERE_NAMED = Set.of("trunk", "trunk_link");

  EBikeAccess(BooleanEncodedValue access, BooleanEncodedValue roundabout) {
    super(access, roundabout);
    restrictedValues.remove("delivery");
    allowedValues.add("delivery");
    barriers.addAll(List.of("wall", "turnstile", "full-height_turnstile", "stile", "debris"));
  }

  @Override
  public WayAccess getAccess(ReaderWay way) {
    String highway = way.getTag("highway");
    if (highway == null
        || NEVER.contains(highway)
        || WHERE_NAMED.contains(highway) && !way.hasTag("bicycle", allowedValues)) {
      return WayAccess.CAN_SKIP;
    }
    return super.getAccess(way);
  }
}

package org.shanpai.geo.travel.streets;

import static com.graphhopper.json.Statement.If;
import static com.graphhopper.json.Statement.Op.LIMIT;
import static com.graphhopper.json.Statement.Op.MULTIPLY;

import com.graphhopper.config.Profile;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.DefaultImportRegistry;
import com.graphhopper.routing.ev.GetOffBike;
import com.graphhopper.routing.ev.ImportRegistry;
import com.graphhopper.routing.ev.ImportUnit;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.ev.Roundabout;
import com.graphhopper.routing.ev.SimpleBooleanEncodedValue;
import com.graphhopper.util.CustomModel;
import java.util.Locale;

/**
 * How an e-bike rides, in GraphHopper's terms: at plan speed on streets, slower in yards and on
 * tracks, at walking pace where it has to be pushed. Weights are seconds.
 */
final class EBikeProfile {

  static final String NAME = "ebike";

  /** Values of an edge that the profile needs. */
  static final String VALUES =
      String.join(",", EBikeAccess.NAME, RoadClass.KEY, GetOffBike.KEY, Roundabout.KEY);

  private static final double YARD_SHARE = 0.8;
  private static final double PUSHED_KMH = 5;

  private EBikeProfile() {}

  /**
   * @param planSpeedKmh on an ordinary street
   */
  static Profile at(double planSpeedKmh) {
    CustomModel model = new CustomModel().setDistanceInfluence(0.0);
    model.addToSpeed(If("true", LIMIT, number(planSpeedKmh)));
    model.addToSpeed(
        If(
            "road_class == LIVING_STREET || road_class == PEDESTRIAN || road_class == SERVICE || road_class == TRACK",
            LIMIT,
            number(planSpeedKmh * YARD_SHARE)));
    model.addToSpeed(
        If(
            "get_off_bike || road_class == FOOTWAY || road_class == PLATFORM",
            LIMIT,
            number(Math.min(planSpeedKmh, PUSHED_KMH))));
    model.addToPriority(If("!" + EBikeAccess.NAME, MULTIPLY, "0"));
    return new Profile(NAME).setCustomModel(model);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Knows our access rules beside GraphHopper's own values. */
  static ImportRegistry registry() {
    ImportRegistry known = new DefaultImportRegistry();
    return name ->
        EBikeAccess.NAME.equals(name)
            ? ImportUnit.create(
                EBikeAccess.NAME,
                properties -> new SimpleBooleanEncodedValue(EBikeAccess.NAME, true),
                (lookup, properties) ->
                    new EBikeAccess(
                        lookup.getBooleanEncodedValue(EBikeAccess.NAME), roundabout(lookup)),
                Roundabout.KEY)
            : known.createImportUnit(name);
  }

  private static BooleanEncodedValue roundabout(
      com.graphhopper.routing.ev.EncodedValueLookup lookup) {
    return lookup.getBooleanEncodedValue(Roundabout.KEY);
  }
}

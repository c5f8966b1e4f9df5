package org.shanpai.geo.zone.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ZoneState.Kind;
import org.shanpai.geo.polygon.PolygonCheck;
import org.shanpai.geo.polygon.PolygonRefusal;
import org.shanpai.geo.zone.ZoneWish;

/**
 * A zone as somebody wants it, unchecked.
 *
 * @param geometry GeoJSON, longitude first
 */
@Schema(description = "A zone as it shall be.")
public record ZoneBody(
    @Schema(required = true, examples = "NO_GO") Kind kind,
    @Schema(required = true, examples = "People's Square") String name,
    @Schema(required = true, description = "The system of the geometry")
        CoordinateSystem coordinateSystem,
    @Schema(
            required = true,
            implementation = Object.class,
            description = "A GeoJSON Polygon or MultiPolygon, holes allowed, longitude first")
        JsonNode geometry,
    @Schema(examples = "0.5", description = "SLOW only: 0.1-1, what speed is multiplied with")
        Double speedFactor,
    @Schema(examples = "s-4", description = "DELIVERY_RANGE only: whose range it is")
        String storeId) {

  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int LONGEST_NAME = 100;
  private static final double LEAST_FACTOR = 0.1;

  /** What a check found. */
  sealed interface Checked {
    record Good(ZoneWish wish) implements Checked {}

    record Bad(String field, String detail) implements Checked {}
  }

  /** What a zone is checked against besides itself. */
  interface Around {
    PolygonCheck polygons();

    boolean knowsStore(StoreId storeId);
  }

  Checked check(String zoneId, Around around) {
    if (zoneId == null || !LEGAL_ID.matcher(zoneId).matches()) {
      return new Checked.Bad("zoneId", "zoneId must be 1-64 characters of A-Za-z0-9._:-.");
    }
    if (kind == null) {
      return new Checked.Bad("kind", "kind must be NO_GO, SLOW or DELIVERY_RANGE.");
    }
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      return new Checked.Bad("name", "name must have 1-" + LONGEST_NAME + " characters.");
    }
    if (coordinateSystem == null) {
      return new Checked.Bad(
          "coordinateSystem", "coordinateSystem " + CoordinateSystem.MUST_BE_NAMED + ".");
    }
    if (kind == Kind.SLOW
        ? speedFactor == null || !(speedFactor >= LEAST_FACTOR && speedFactor <= 1)
        : speedFactor != null) {
      return new Checked.Bad(
          "speedFactor", "speedFactor must be within 0.1..1 for SLOW and missing for others.");
    }
    if ((kind == Kind.DELIVERY_RANGE) != (storeId != null)) {
      return new Checked.Bad(
          "storeId", "storeId is needed for DELIVERY_RANGE and must be missing for others.");
    }
    List<String> notes = new ArrayList<>();
    StoreId store = null;
    if (storeId != null) {
      try {
        store = StoreId.of(storeId);
      } catch (IllegalArgumentException e) {
        return new Checked.Bad("storeId", e.getMessage() + ".");
      }
      if (!around.knowsStore(store)) {
        notes.add("No store " + store + " is known yet; the range waits for it.");
      }
    }
    try {
      PolygonCheck.Checked shape = around.polygons().check(geometry, coordinateSystem, "geometry");
      notes.addAll(shape.notes());
      return new Checked.Good(
          new ZoneWish(
              zoneId,
              kind,
              name.strip(),
              shape.polygons(),
              speedFactor,
              store,
              List.copyOf(notes)));
    } catch (PolygonRefusal refusal) {
      return new Checked.Bad(refusal.field(), refusal.getMessage());
    }
  }
}

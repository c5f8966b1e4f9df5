package org.shanpai.geo.coverage.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.coverage.CoverageMap;
import org.shanpai.geo.coverage.DemandCells;
import org.shanpai.geo.coverage.SiteKind;
import org.shanpai.geo.coverage.Siting;
import org.shanpai.geo.coverage.Suggestion;

/**
 * Places worth a store.
 *
 * @param wanted orders of those hours that a place of this kind could serve, late ones in part
 * @param places best first
 */
@Schema(name = "StoreSuggestions")
public record SuggestionsView(
    Instant from,
    Instant to,
    SiteKind kind,
    @Schema(examples = "3000") double radiusMetres,
    @Schema(examples = "118.5") double wanted,
    List<Place> places) {

  static final String EXAMPLE =
      "{\"from\":\"2026-11-15T00:00:00Z\",\"to\":\"2026-11-22T00:00:00Z\",\"kind\":\"STORE\","
          + "\"radiusMetres\":3000.0,\"wanted\":118.5,\"places\":[{\"rank\":1,"
          + "\"cell\":\"89309941b07ffff\",\"place\":{\"lat\":31.2301,\"lon\":121.4707},"
          + "\"areaId\":\"a-core\",\"adds\":82.5,\"addsPerDay\":11.8,\"missed\":80,\"late\":5,"
          + "\"together\":82.5}]}";

  /**
   * A place.
   *
   * @param cell H3 index, resolution 9
   * @param place the cell's centre
   * @param adds orders it would serve beyond those of the places before it
   * @param addsPerDay the same for a day of the hours asked about
   * @param missed of these, not served at all
   * @param late of these, promised late; each counts in part
   * @param together orders it and the places before it would serve
   */
  @Schema(name = "StoreSuggestion")
  public record Place(
      @Schema(examples = "1") int rank,
      @Schema(examples = "89309941b07ffff") String cell,
      GeoPoint place,
      List<GeoPoint> boundary,
      @Schema(examples = "a-core") String areaId,
      @Schema(examples = "82.5") double adds,
      @Schema(examples = "11.8") double addsPerDay,
      @Schema(examples = "80") long missed,
      @Schema(examples = "5") long late,
      @Schema(examples = "82.5") double together) {}

  static SuggestionsView of(
      CoverageMap.Hours hours,
      SiteKind kind,
      double radiusMetres,
      Siting.Outlook outlook,
      DemandCells cells) {
    double days = Math.max(1, Duration.between(hours.from(), hours.to()).toHours()) / 24.0;
    List<Place> places = new ArrayList<>();
    double together = 0;
    for (Suggestion one : outlook.places()) {
      together += one.adds();
      places.add(
          new Place(
              places.size() + 1,
              DemandCells.text(one.cell()),
              one.place(),
              cells.border(one.cell()),
              one.area().value(),
              one.adds(),
              rounded(one.adds() / days),
              one.missed(),
              one.late(),
              rounded(together)));
    }
    return new SuggestionsView(
        hours.from(), hours.to(), kind, radiusMetres, outlook.wanted(), places);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}

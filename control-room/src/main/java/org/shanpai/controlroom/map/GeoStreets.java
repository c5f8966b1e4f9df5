package org.shanpai.controlroom.map;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.controlroom.city.AreaView;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.controlroom.neighbours.Neighbours;

/** The streets ways are planned on, as geo-service has them, around the city's areas. */
@ApplicationScoped
public class GeoStreets {

  private static final String GEO = "geo-service";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_STREETS = 20_000;
  private static final double MARGIN_METRES = 2_000;

  /** Without a street file there is no version. */
  private static final Pattern HAS_STREETS = Pattern.compile("\"version\"\\s*:\\s*\"");

  private final Neighbours neighbours;
  private final ServiceTokens tokens;
  private final CityPicture picture;

  public GeoStreets(Neighbours neighbours, ServiceTokens tokens, CityPicture picture) {
    this.neighbours = neighbours;
    this.tokens = tokens;
    this.picture = picture;
  }

  /**
   * geo-service's answer as it is; empty when there is no area, no street file, or no answer. Never
   * fails.
   *
   * @param operator for whom it is asked
   */
  public Uni<Optional<String>> ask(String operator) {
    List<GeoPoint> corners =
        picture.areas().stream().map(AreaView::outline).flatMap(List::stream).toList();
    if (corners.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return neighbours
        .send(
            HttpMethod.GET,
            GEO,
            "/v1/streets?" + box(corners) + "&coordinateSystem=WGS-84&limit=" + MOST_STREETS,
            Map.of("Authorization", tokens.bearer(GEO, operator)),
            null,
            LIMIT)
        .map(
            answer ->
                answer.status() == 200 && HAS_STREETS.matcher(answer.body()).find()
                    ? Optional.of(answer.body())
                    : Optional.empty());
  }

  private static String box(List<GeoPoint> corners) {
    double south = corners.stream().mapToDouble(GeoPoint::lat).min().orElseThrow();
    double north = corners.stream().mapToDouble(GeoPoint::lat).max().orElseThrow();
    double west = corners.stream().mapToDouble(GeoPoint::lon).min().orElseThrow();
    double east = corners.stream().mapToDouble(GeoPoint::lon).max().orElseThrow();
    GeoPoint low = new GeoPoint(south, west).offsetMetres(-MARGIN_METRES, -MARGIN_METRES);
    GeoPoint high = new GeoPoint(north, east).offsetMetres(MARGIN_METRES, MARGIN_METRES);
    return String.format(
        Locale.ROOT,
        "south=%.5f&west=%.5f&north=%.5f&east=%.5f",
        low.lat(),
        low.lon(),
        high.lat(),
        high.lon());
  }
}

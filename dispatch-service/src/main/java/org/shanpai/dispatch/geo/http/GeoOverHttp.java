package org.shanpai.dispatch.geo.http;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.geo.GeoAway;

/** {@link Geo} over geo-service's API. */
@ApplicationScoped
class GeoOverHttp implements Geo {

  private static final String AUDIENCE = "geo-service";

  private final GeoApi api;
  private final ServiceTokens tokens;

  GeoOverHttp(@RestClient GeoApi api, ServiceTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  @Override
  public Uni<List<Seen>> riders(String areaId, int withinMetres) {
    return Uni.createFrom()
        .deferred(() -> api.riders(areaId, withinMetres, tokens.bearer(AUDIENCE, null)))
        .map(seen -> seen.stream().map(GeoOverHttp::seen).toList())
        .onFailure(GeoOverHttp::notFound)
        .recoverWithItem(List.of())
        .onFailure()
        .transform(e -> new GeoAway("riders of area " + areaId + ": " + e, e));
  }

  @Override
  public Uni<Seen> position(String riderId) {
    return Uni.createFrom()
        .deferred(() -> api.position(riderId, tokens.bearer(AUDIENCE, null)))
        .map(GeoOverHttp::seen)
        .onFailure(GeoOverHttp::notFound)
        .recoverWithNull()
        .onFailure()
        .transform(e -> new GeoAway("position of rider " + riderId + ": " + e, e));
  }

  private static Seen seen(GeoApi.RiderSeen r) {
    return new Seen(r.riderId(), r.place(), r.at(), r.trust(), r.batteryPercent());
  }

  @Override
  public Uni<List<StopTime>> stopTimes(List<StopAsked> stops) {
    List<GeoApi.Stop> asked =
        stops.stream()
            .map(stop -> new GeoApi.Stop(stop.kind().name(), stop.place(), stop.storeId()))
            .toList();
    return Uni.createFrom()
        .deferred(
            () -> api.stopTimes(new GeoApi.StopTimesRequest(asked), tokens.bearer(AUDIENCE, null)))
        .map(
            answer -> {
              if (answer.stops() == null || answer.stops().size() != stops.size()) {
                throw new IllegalStateException("not as many stop times as were asked for");
              }
              return answer.stops().stream()
                  .map(stop -> new StopTime(stop.seconds(), stop.p80Seconds(), stop.samples()))
                  .toList();
            })
        .onFailure()
        .transform(e -> new GeoAway("stop times: " + e, e));
  }

  private static boolean notFound(Throwable failure) {
    return failure instanceof WebApplicationException answer
        && answer.getResponse().getStatus() == 404;
  }

  @Override
  public Uni<int[]> travelSeconds(String areaId, List<GeoPoint> places) {
    return Uni.createFrom()
        .deferred(
            () ->
                api.travelTimes(
                    new GeoApi.TravelRequest(areaId, places, places),
                    tokens.bearer(AUDIENCE, null)))
        .map(
            bytes -> {
              int cells = places.size() * places.size();
              if (bytes.length != 4 * cells) {
                throw new IllegalStateException(
                    "a matrix of "
                        + places.size()
                        + " places came with "
                        + bytes.length
                        + " bytes");
              }
              int[] seconds = new int[cells];
              ByteBuffer.wrap(bytes).asIntBuffer().get(seconds);
              return seconds;
            })
        .onFailure()
        .transform(e -> new GeoAway("travel times in area " + areaId + ": " + e, e));
  }
}

package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Reply;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.plan.Store;
import org.shanpai.city.streets.Plane;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.GeoPoint;

/**
 * Asks the services at the end of a run what they made of places and times. What is away is left
 * out.
 */
public final class GeoAudit {

  private static final int PAGE = 200;
  private static final int MOST_PAGES = 100;

  private final CityPlan plan;
  private final Endpoints at;
  private final Function<String, Reply> get;

  /**
   * @param get reads an address as an operator; never throws
   */
  public GeoAudit(CityPlan plan, Endpoints endpoints, Function<String, Reply> get) {
    this.plan = plan;
    this.at = endpoints;
    this.get = get;
  }

  /**
   * @param counts of the city's log
   * @param trust what was seen of riders' trust during the run
   */
  public GeoFigures read(Map<String, Integer> counts, Object trust) {
    return new GeoFigures(
        arrivals(),
        pickups(),
        new GeoFigures.Pings(
            counts.getOrDefault("pings sent", 0),
            counts.getOrDefault("readings faked", 0),
            named(counts, "pings rejected ")),
        trust,
        body(at.geo() + "/v1/eta/calibration"),
        missed(),
        named(counts, "unserved "),
        suggestion());
  }

  private JsonNode body(String url) {
    Reply reply = get.apply(url);
    return reply.ok() ? reply.body() : null;
  }

  private static Map<String, Integer> named(Map<String, Integer> counts, String prefix) {
    Map<String, Integer> named = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(prefix)) {
            named.put(name.substring(prefix.length()), count);
          }
        });
    return named;
  }

  private GeoFigures.Arrivals arrivals() {
    Taps store = new Taps();
    Taps customer = new Taps();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode jobs = body(at.dispatch() + "/v1/jobs?size=" + PAGE + "&page=" + page);
      if (jobs == null || !jobs.isArray()) {
        return page == 0 ? null : told(store, customer);
      }
      for (JsonNode job : jobs) {
        store.take(job, "arrivedStoreAt", "seenAtStoreAt");
        customer.take(job, "arrivedCustomerAt", "seenAtCustomerAt");
      }
      if (jobs.size() < PAGE) {
        break;
      }
    }
    return told(store, customer);
  }

  private static GeoFigures.Arrivals told(Taps store, Taps customer) {
    return new GeoFigures.Arrivals(
        store.tapped,
        store.ahead.size(),
        median(store.ahead),
        customer.tapped,
        customer.ahead.size(),
        median(customer.ahead));
  }

  /** Taps of one kind, and by how many seconds each proof was ahead of its tap. */
  private static final class Taps {
    private int tapped;
    private final List<Double> ahead = new ArrayList<>();

    void take(JsonNode job, String tap, String proof) {
      if (!job.path(tap).isTextual()) {
        return;
      }
      tapped++;
      if (job.path(proof).isTextual()) {
        ahead.add(
            Duration.between(
                        Instant.parse(job.path(proof).asText()),
                        Instant.parse(job.path(tap).asText()))
                    .toMillis()
                / 1000.0);
      }
    }
  }

  private GeoFigures.Pickups pickups() {
    Plane plane = plan.plane();
    List<Double> told = new ArrayList<>();
    List<Double> learned = new ArrayList<>();
    for (Store store : plan.stores()) {
      JsonNode body = body(at.geo() + "/v1/stores/" + store.storeId() + "/learned");
      JsonNode pickup = body == null ? null : pickup(body);
      if (pickup != null) {
        GeoPoint door = plane.place(store.door());
        told.add(plane.place(store.spot()).metresTo(door));
        learned.add(place(pickup).metresTo(door));
      }
    }
    return new GeoFigures.Pickups(
        plan.stores().size(), learned.size(), median(told), median(learned));
  }

  /** The learned point, if it is one; the told place in its stead does not count. */
  private static JsonNode pickup(JsonNode body) {
    JsonNode pickup = body.path("pickup");
    boolean nested = pickup.path("place").isObject();
    JsonNode place = nested ? pickup.path("place") : pickup;
    JsonNode about = nested ? pickup : body;
    boolean told =
        about.path("visits").isNumber() && about.path("visits").asInt() == 0
            || about.path("learned").isBoolean() && !about.path("learned").asBoolean();
    return place.path("lat").isNumber() && !told ? place : null;
  }

  private JsonNode missed() {
    JsonNode coverage = body(at.geo() + "/v1/coverage");
    return coverage == null ? null : coverage.path("total");
  }

  private GeoFigures.Suggestion suggestion() {
    JsonNode answer = body(at.geo() + "/v1/coverage/suggestions?k=1");
    JsonNode first = answer == null ? null : answer.path("places").path(0);
    if (first == null || !first.path("place").isObject()) {
      return null;
    }
    Spot newTown = plan.newTown();
    return new GeoFigures.Suggestion(
        first.path("place"),
        first.path("adds").asDouble(),
        newTown == null
            ? null
            : rounded(plan.plane().place(newTown).metresTo(place(first.path("place")))));
  }

  private static GeoPoint place(JsonNode place) {
    return new GeoPoint(place.path("lat").asDouble(), place.path("lon").asDouble());
  }

  private static Double median(List<Double> values) {
    return values.isEmpty() ? null : rounded(CityLog.quantileOf(values, 0.5));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

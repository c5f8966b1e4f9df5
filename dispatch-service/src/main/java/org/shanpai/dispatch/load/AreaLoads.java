package org.shanpai.dispatch.load;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.AreaShape;
import org.shanpai.dispatch.area.Areas;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * Reckons how busy areas are, from rows alone: nobody else is asked. An answer stands for a wall
 * second, for every quote asks.
 */
@ApplicationScoped
public class AreaLoads {

  private static final long KEPT_WALL_MILLIS = 1_000;
  private static final int MOST_AREAS = 2_000;

  /** Waiting jobs looked at; an area with more of them is overloaded whatever the rest needs. */
  private static final int MOST_JOBS = 2_000;

  private static final int MOST_RIDERS = 3_000;
  private static final Duration HORIZON = Duration.ofMinutes(30);
  private static final Duration LEARNED_FROM = Duration.ofHours(1);

  /** Metres around the last store of an area whose border nobody has told. */
  private static final int FARTHEST_WITHOUT_BORDER = 5_000;

  private static final double METRES_PER_DEGREE = 111_195;

  private record Kept(AreaLoad load, long wallMillis) {}

  /** The last hour's acceptances. */
  private record Accepted(Integer p50, Integer p80, int samples) {}

  private final Tx tx;
  private final Areas areas;
  private final CityClock clock;
  private final WallClock wall;
  private final DispatchSettings settings;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST_AREAS;
        }
      };

  public AreaLoads(Tx tx, Areas areas, CityClock clock, WallClock wall, DispatchSettings settings) {
    this.tx = tx;
    this.areas = areas;
    this.clock = clock;
    this.wall = wall;
    this.settings = settings;
  }

  /** How busy the area is; null when nobody has told of it. */
  public Uni<AreaLoad> of(String areaId) {
    long now = wall.millis();
    synchronized (kept) {
      Kept known = kept.get(areaId);
      if (known != null && now - known.wallMillis() < KEPT_WALL_MILLIS) {
        return Uni.createFrom().item(known.load());
      }
    }
    return tx.read(
            () ->
                areas
                    .known(areaId)
                    .chain(known -> known ? reckon(areaId) : Uni.createFrom().nullItem()))
        .invoke(
            load -> {
              if (load != null) {
                synchronized (kept) {
                  kept.put(areaId, new Kept(load, now));
                }
              }
            });
  }

  private Uni<AreaLoad> reckon(String areaId) {
    Instant now = clock.now();
    return waiting(areaId, now.plus(HORIZON))
        .chain(
            waiting ->
                areas
                    .standing(areaId)
                    .chain(standing -> hands(areaId, standing.shape(), now))
                    .chain(
                        hands ->
                            accepted(areaId, now.minus(LEARNED_FROM))
                                .map(lately -> told(areaId, waiting, hands, lately, now))));
  }

  private AreaLoad told(
      String areaId,
      List<AreaLoad.Waiting> waiting,
      List<AreaLoad.Hand> hands,
      Accepted lately,
      Instant now) {
    AreaLoad.Usual usual =
        new AreaLoad.Usual(
            HORIZON,
            Duration.ofSeconds(settings.usualApproachSeconds()),
            Duration.ofSeconds(settings.pickupSeconds() + settings.dropoffSeconds()));
    double load = AreaLoad.load(waiting, hands, usual, now);
    return new AreaLoad(
        new AreaId(areaId),
        (int)
            waiting.stream()
                .filter(job -> job.releaseAt() == null || !job.releaseAt().isAfter(now))
                .count(),
        hands.size(),
        Math.round(load * 1_000) / 1_000.0,
        lately.p50(),
        lately.p80(),
        lately.samples());
  }

  private Uni<List<AreaLoad.Waiting>> waiting(String areaId, Instant releasedBefore) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select pickup_lat, pickup_lon, dropoff_lat, dropoff_lon,"
                            + " coalesce(ready_at, expected_ready_at, created_at), release_at"
                            + " from job where area_id = :area and status in ('OPEN', 'OFFERED')"
                            + " and (release_at is null or release_at < :until)"
                            + " order by created_at",
                        Object[].class)
                    .setParameter("area", areaId)
                    .setParameter("until", releasedBefore)
                    .setMaxResults(MOST_JOBS)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new AreaLoad.Waiting(
                                place(row[0], row[1]),
                                place(row[2], row[3]),
                                Instants.of(row[4]),
                                row[5] == null ? null : Instants.of(row[5])))
                    .toList());
  }

  /** Who is online in or near the area, by the last place that is known for certain. */
  private Uni<List<AreaLoad.Hand>> hands(String areaId, AreaShape shape, Instant now) {
    return border(areaId, shape)
        .chain(
            box ->
                box == null
                    ? Uni.createFrom().item(List.of())
                    : tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select coalesce(trusted_lat, place_lat) as lat,"
                                            + " coalesce(trusted_lon, place_lon) as lon,"
                                            + " (select max(cast(s ->> 'plannedLeaveAt' as"
                                            + " timestamptz))"
                                            + " from jsonb_array_elements(cast(route as jsonb)) s),"
                                            + " (select count(distinct s ->> 'jobId')"
                                            + " from jsonb_array_elements(cast(route as jsonb)) s),"
                                            + " paused_until is null or paused_until <= :now"
                                            + " from rider_work where active and online"
                                            + " and last_seen_at > :freshFrom"
                                            + " and coalesce(trusted_lat, place_lat)"
                                            + " between :south and :north"
                                            + " and coalesce(trusted_lon, place_lon)"
                                            + " between :west and :east",
                                        Object[].class)
                                    .setParameter("now", now)
                                    .setParameter(
                                        "freshFrom",
                                        now.minusSeconds(settings.positionFreshSeconds()))
                                    .setParameter("south", box.south())
                                    .setParameter("north", box.north())
                                    .setParameter("west", box.west())
                                    .setParameter("east", box.east())
                                    .setMaxResults(MOST_RIDERS)
                                    .getResultList())
                        .map(
                            rows ->
                                rows.stream()
                                    .filter(
                                        row ->
                                            shape.metresOutside(place(row[0], row[1]))
                                                <= settings.crowdReachMetres())
                                    .map(
                                        row ->
                                            new AreaLoad.Hand(
                                                row[2] == null ? null : Instants.of(row[2]),
                                                ((Number) row[3]).intValue(),
                                                (Boolean) row[4]))
                                    .toList()));
  }

  private record Box(double south, double west, double north, double east) {

    static Box around(List<GeoPoint> places, double metres) {
      double south = places.stream().mapToDouble(GeoPoint::lat).min().orElseThrow();
      double north = places.stream().mapToDouble(GeoPoint::lat).max().orElseThrow();
      double west = places.stream().mapToDouble(GeoPoint::lon).min().orElseThrow();
      double east = places.stream().mapToDouble(GeoPoint::lon).max().orElseThrow();
      double up = metres / METRES_PER_DEGREE;
      double aside = up / Math.max(0.01, Math.cos(Math.toRadians(north)));
      return new Box(south - up, west - aside, north + up, east + aside);
    }
  }

  /** Null when neither a border nor a store of the area is known. */
  private Uni<Box> border(String areaId, AreaShape shape) {
    if (shape.known()) {
      return Uni.createFrom().item(Box.around(shape.outline(), settings.crowdReachMetres()));
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select pickup_lat, pickup_lon from job where area_id = :area"
                            + " order by created_at desc",
                        Object[].class)
                    .setParameter("area", areaId)
                    .setMaxResults(1)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : Box.around(List.of(place(row[0], row[1])), FARTHEST_WITHOUT_BORDER));
  }

  private Uni<Accepted> accepted(String areaId, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select percentile_cont(0.5) within group (order by s),"
                            + " percentile_cont(0.8) within group (order by s), count(*) from"
                            + " (select greatest(0, cast(extract(epoch from accepted_at"
                            + " - greatest(created_at, coalesce(release_at, created_at)))"
                            + " as double precision)) as s from job where area_id = :area"
                            + " and accepted_at > :since and accepted_at is not null) lately",
                        Object[].class)
                    .setParameter("area", areaId)
                    .setParameter("since", since)
                    .getSingleResult())
        .map(row -> new Accepted(up(row[0]), up(row[1]), ((Number) row[2]).intValue()));
  }

  private static Integer up(Object seconds) {
    return seconds == null ? null : (int) Math.ceil(((Number) seconds).doubleValue());
  }

  private static GeoPoint place(Object lat, Object lon) {
    return new GeoPoint(((Number) lat).doubleValue(), ((Number) lon).doubleValue());
  }
}

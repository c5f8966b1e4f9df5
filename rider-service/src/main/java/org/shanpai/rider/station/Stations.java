package org.shanpai.rider.station;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;

/** Stations and whose riders they are. Nobody acts for the riders of another station. */
@ApplicationScoped
public class Stations {

  private final Tx tx;
  private final CityClock clock;

  public Stations(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** A station with its name. */
  public record Named(String stationId, Station station) {}

  /** Writes a station down whole; the same again changes nothing. */
  public Uni<Void> put(String stationId, Station station, String operator) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into station (station_id, name, areas, changed_by,"
                                    + " changed_at) values (:id, :name, :areas, :by, :at)"
                                    + " on conflict (station_id) do update set name ="
                                    + " excluded.name, areas = excluded.areas, changed_by ="
                                    + " excluded.changed_by, changed_at = excluded.changed_at"
                                    + " where station.name <> excluded.name"
                                    + " or station.areas <> excluded.areas")
                            .setParameter("id", stationId)
                            .setParameter("name", station.name())
                            .setParameter("areas", String.join(" ", new TreeSet<>(station.areas())))
                            .setParameter("by", operator)
                            .setParameter("at", clock.now())
                            .executeUpdate())
                .chain(() -> change("delete from station_staff where station_id = :a", stationId))
                .chain(() -> staff(stationId, station.staff())));
  }

  private Uni<Void> staff(String stationId, List<Station.Staff> staff) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Station.Staff one : staff) {
      all =
          all.chain(tx::session)
              .chain(
                  session ->
                      session
                          .createNativeQuery(
                              "insert into station_staff (station_id, operator, role)"
                                  + " values (:id, :operator, :role) on conflict"
                                  + " (station_id, operator) do update set role = excluded.role")
                          .setParameter("id", stationId)
                          .setParameter("operator", one.operator())
                          .setParameter("role", one.role().name())
                          .executeUpdate())
              .replaceWithVoid();
    }
    return all;
  }

  /** Every station, in the order of their ids. */
  public Uni<List<Named>> list() {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select s.station_id, s.name, s.areas, coalesce((select"
                                    + " string_agg(f.operator || chr(9) || f.role, chr(10) order by"
                                    + " f.operator) from station_staff f where f.station_id ="
                                    + " s.station_id), '') from station s order by s.station_id",
                                Object[].class)
                            .getResultList())
                .map(rows -> rows.stream().map(Stations::read).toList()));
  }

  private static Named read(Object[] row) {
    String areas = (String) row[2];
    return new Named(
        (String) row[0],
        new Station(
            (String) row[1],
            areas.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(areas.split(" "))),
            ((String) row[3])
                .lines()
                .map(line -> line.split("\t"))
                .map(cell -> new Station.Staff(cell[0], Station.Role.valueOf(cell[1])))
                .toList()));
  }

  /**
   * Puts a rider into a station, out of the one before.
   *
   * @throws Problem 404 when there is no such station or rider
   */
  public Uni<Void> join(String stationId, String riderId) {
    return tx.write(
        () ->
            require(
                    "select exists (select 1 from station where station_id = :a)",
                    stationId,
                    "station ")
                .chain(
                    () ->
                        require(
                            "select exists (select 1 from rider where rider_id = :a)",
                            riderId,
                            "rider "))
                .chain(tx::session)
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into station_rider (rider_id, station_id, since)"
                                    + " values (:rider, :station, :at) on conflict (rider_id)"
                                    + " do update set station_id = excluded.station_id,"
                                    + " since = excluded.since"
                                    + " where station_rider.station_id <> excluded.station_id")
                            .setParameter("rider", riderId)
                            .setParameter("station", stationId)
                            .setParameter("at", clock.now())
                            .executeUpdate())
                .replaceWithVoid());
  }

  /** Takes a rider out of the station; who is not in it stays where they are. */
  public Uni<Void> leave(String stationId, String riderId) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "delete from station_rider where station_id = :station"
                                    + " and rider_id = :rider")
                            .setParameter("station", stationId)
                            .setParameter("rider", riderId)
                            .executeUpdate())
                .replaceWithVoid());
  }

  /** The station of a rider; null for none. */
  public Uni<String> stationOf(String riderId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select station_id from station_rider where rider_id = :rider",
                                String.class)
                            .setParameter("rider", riderId)
                            .getSingleResultOrNull()));
  }

  /**
   * Lets through who may act for the rider: managers for everybody, a station's people for its own,
   * others who hold another operator's role as their endpoint lets them.
   *
   * @throws Problem 404 for a rider of another station
   */
  public Uni<Void> requireReach(CurrentCaller caller, String riderId) {
    if (!caller.has(Roles.STATION_MANAGER) || caller.has(Roles.MANAGER)) {
      return Uni.createFrom().voidItem();
    }
    String operator = caller.subject();
    return tx.read(
            () ->
                tx.session()
                    .chain(
                        session ->
                            session
                                .createNativeQuery(
                                    "select exists (select 1 from station_rider r"
                                        + " join station_staff f on f.station_id = r.station_id"
                                        + " where r.rider_id = :rider and f.operator = :operator)",
                                    Boolean.class)
                                .setParameter("rider", riderId)
                                .setParameter("operator", operator)
                                .getSingleResult()))
        .invoke(
            theirs -> {
              if (!theirs) {
                throw Problem.notFound("rider " + riderId);
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> require(String exists, String id, String what) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(exists, Boolean.class)
                    .setParameter("a", id)
                    .getSingleResult())
        .invoke(
            found -> {
              if (!found) {
                throw Problem.notFound(what + id);
              }
            })
        .replaceWithVoid();
  }

  private Uni<Integer> change(String sql, String a) {
    return tx.session()
        .chain(session -> session.createNativeQuery(sql).setParameter("a", a).executeUpdate());
  }
}

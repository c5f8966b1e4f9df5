package org.shanpai.geo.zone.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Zones and their versions as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class ZoneTable {

  /**
   * All zones that hold.
   *
   * @param version grows with every change of any zone
   */
  public record Read(List<ZoneState> zones, long version) {}

  /**
   * A zone as it was from then on.
   *
   * @param at city time
   */
  public record Version(ZoneState zone, Instant at, String by) {}

  private final Tx tx;
  private final CityClock clock;

  public ZoneTable(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  public Uni<Read> list() {
    return everything()
        .map(
            all ->
                new Read(
                    all.stream().filter(zone -> !zone.removed()).toList(),
                    all.stream().mapToLong(ZoneState::version).sum()));
  }

  /** All zones, those removed too. */
  public Uni<List<ZoneState>> everything() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(state as text) from zone order by zone_id", String.class)
                    .getResultList())
        .map(rows -> rows.stream().map(ZoneTable::zone).toList());
  }

  /** The zone, removed or not, or null. */
  public Uni<ZoneState> find(String zoneId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(state as text) from zone where zone_id = :id", String.class)
                    .setParameter("id", zoneId)
                    .getSingleResultOrNull())
        .map(json -> json == null ? null : zone(json));
  }

  /** What the zone was, newest first. */
  public Uni<List<Version>> versions(String zoneId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(state as text), changed_at, changed_by from zone_version"
                            + " where zone_id = :id order by version desc",
                        Object[].class)
                    .setParameter("id", zoneId)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Version(
                                zone((String) row[0]), Instants.of(row[1]), (String) row[2]))
                    .toList());
  }

  /**
   * Writes the zone, new or not, and its version.
   *
   * @param kept how many versions stay
   */
  public Uni<Void> put(ZoneState zone, String actor, int kept) {
    String state = Json.write(zone);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into zone (zone_id, version, state) values (:id, :version,"
                            + " cast(cast(:state as text) as jsonb)) on conflict (zone_id) do"
                            + " update set version = excluded.version, state = excluded.state")
                    .setParameter("id", zone.zoneId())
                    .setParameter("version", zone.version())
                    .setParameter("state", state)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "insert into zone_version (zone_id, version, state, changed_at,"
                                        + " changed_by) values (:id, :version,"
                                        + " cast(cast(:state as text) as jsonb), :at, :by)")
                                .setParameter("id", zone.zoneId())
                                .setParameter("version", zone.version())
                                .setParameter("state", state)
                                .setParameter("at", clock.now())
                                .setParameter("by", actor)
                                .executeUpdate())
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "delete from zone_version where zone_id = :id"
                                        + " and version <= :old")
                                .setParameter("id", zone.zoneId())
                                .setParameter("old", zone.version() - kept)
                                .executeUpdate()))
        .replaceWithVoid();
  }

  private static ZoneState zone(String json) {
    return Json.read(json, ZoneState.class);
  }
}

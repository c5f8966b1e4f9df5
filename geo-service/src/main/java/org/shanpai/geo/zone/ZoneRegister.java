package org.shanpai.geo.zone;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.geo.revision.Reloading;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.zone.postgres.ZoneTable;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Where zones are set up. A change, its event and the new revision are one transaction; when the
 * call returns this replica already answers by the new map.
 */
@ApplicationScoped
public class ZoneRegister {

  /** What a wish came to. */
  public enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED,
    REMOVED
  }

  /** The zone as it is now. */
  public record Result(ZoneState zone, Outcome outcome) {}

  private final Tx tx;
  private final Outbox outbox;
  private final Revisions revisions;
  private final Reloading reloading;
  private final ZoneTable table;
  private final City city;
  private final ZoneSettings settings;

  public ZoneRegister(
      Tx tx,
      Outbox outbox,
      Revisions revisions,
      Reloading reloading,
      ZoneTable table,
      City city,
      ZoneSettings settings) {
    this.tx = tx;
    this.outbox = outbox;
    this.revisions = revisions;
    this.reloading = reloading;
    this.table = table;
    this.city = city;
    this.settings = settings;
  }

  /**
   * Grants all wishes or none, in their order. Repeating one changes nothing.
   *
   * @param wishes no id twice
   * @param swap whether these shall be all zones there are: others are removed
   * @param actor who wishes
   * @throws Problem 422 when the city had too many zones then
   */
  public Uni<List<Result>> put(List<ZoneWish> wishes, boolean swap, String actor) {
    return changed(
        () ->
            table
                .everything()
                .map(present -> byId(present))
                .chain(present -> write(results(wishes, swap, present), actor)));
  }

  /**
   * Removes a zone; its versions stay.
   *
   * @return null when there is none
   */
  public Uni<ZoneState> remove(String zoneId, String actor) {
    return changed(
            () ->
                table
                    .find(zoneId)
                    .chain(
                        zone ->
                            zone == null || zone.removed()
                                ? Uni.createFrom().item(List.<Result>of())
                                : write(List.of(removed(zone)), actor)))
        .map(results -> results.isEmpty() ? null : results.get(0).zone());
  }

  private Uni<List<Result>> changed(Supplier<Uni<List<Result>>> work) {
    return tx.write(() -> revisions.lock(Revisions.Kind.ZONE).chain(() -> work.get()))
        .call(results -> anyChange(results) ? reloading.catchUp() : Uni.createFrom().voidItem());
  }

  private List<Result> results(
      List<ZoneWish> wishes, boolean swap, Map<String, ZoneState> present) {
    List<Result> results = new ArrayList<>();
    for (ZoneWish wish : wishes) {
      ZoneState old = present.get(wish.zoneId());
      if (wish.asIs(old)) {
        results.add(new Result(old, Outcome.UNCHANGED));
      } else {
        results.add(
            new Result(
                wish.state(city.id(), old == null ? 1 : old.version() + 1),
                old == null || old.removed() ? Outcome.CREATED : Outcome.CHANGED));
      }
    }
    Set<String> wished = wishes.stream().map(ZoneWish::zoneId).collect(Collectors.toSet());
    List<ZoneState> others =
        present.values().stream()
            .filter(zone -> !zone.removed() && !wished.contains(zone.zoneId()))
            .toList();
    if (swap) {
      others.forEach(zone -> results.add(removed(zone)));
    } else if (others.size() + wishes.size() > settings.mostZones()) {
      throw Problem.unprocessable(
          "zoneId",
          "The city would have %d zones; at most %d are kept."
              .formatted(others.size() + wishes.size(), settings.mostZones()));
    }
    return results;
  }

  private static Result removed(ZoneState zone) {
    return new Result(
        new ZoneState(
            zone.zoneId(),
            zone.cityId(),
            zone.version() + 1,
            zone.kind(),
            zone.name(),
            zone.polygons(),
            zone.speedFactor(),
            zone.storeId(),
            true),
        Outcome.REMOVED);
  }

  private Uni<List<Result>> write(List<Result> results, String actor) {
    Uni<Void> work = Uni.createFrom().voidItem();
    for (Result result : results) {
      if (result.outcome() == Outcome.UNCHANGED) {
        continue;
      }
      ZoneState zone = result.zone();
      work =
          work.chain(() -> table.put(zone, actor, settings.keptVersions()))
              .chain(
                  () ->
                      outbox.append(
                          EventType.ZONE_STATE, zone.zoneId(), zone.version(), zone, actor));
    }
    if (anyChange(results)) {
      work = work.chain(() -> revisions.raise(Revisions.Kind.ZONE));
    }
    return work.replaceWith(results);
  }

  private static boolean anyChange(List<Result> results) {
    return results.stream().anyMatch(result -> result.outcome() != Outcome.UNCHANGED);
  }

  private static Map<String, ZoneState> byId(List<ZoneState> zones) {
    return zones.stream().collect(Collectors.toMap(ZoneState::zoneId, Function.identity()));
  }
}

package org.shanpai.geo.area;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shanpai.chassis.City;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.geo.area.postgres.AreaTable;
import org.shanpai.geo.revision.Reloading;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Where areas are set up. A change, its event and the new revision are one transaction; when the
 * call returns this replica already answers by the new map.
 */
@ApplicationScoped
public class AreaRegister {

  /** An area as it shall be. */
  public record Wish(AreaId areaId, String name, Outline outline, boolean paused) {}

  /** What a wish came to. */
  public enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED
  }

  /** The area as it is now. */
  public record Result(Area area, Outcome outcome) {}

  private final Tx tx;
  private final Outbox outbox;
  private final Revisions revisions;
  private final Reloading reloading;
  private final AreaTable table;
  private final City city;

  public AreaRegister(
      Tx tx, Outbox outbox, Revisions revisions, Reloading reloading, AreaTable table, City city) {
    this.tx = tx;
    this.outbox = outbox;
    this.revisions = revisions;
    this.reloading = reloading;
    this.table = table;
    this.city = city;
  }

  /**
   * Grants all wishes or none, in their order. Repeating one changes nothing.
   *
   * @param actor who wishes
   */
  public Uni<List<Result>> put(List<Wish> wishes, String actor) {
    if (wishes.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.write(
            () ->
                revisions
                    .lock(Revisions.Kind.AREA)
                    .chain(table::list)
                    .chain(present -> grant(wishes, byId(present), actor)))
        .call(results -> changed(results) ? reloading.catchUp() : Uni.createFrom().voidItem());
  }

  private Uni<List<Result>> grant(List<Wish> wishes, Map<AreaId, Area> present, String actor) {
    List<Result> results = new ArrayList<>();
    Uni<Void> work = Uni.createFrom().voidItem();
    for (Wish wish : wishes) {
      Area old = present.get(wish.areaId());
      Area area =
          new Area(
              wish.areaId(),
              city.id(),
              old == null ? 1 : old.version() + 1,
              wish.name(),
              wish.outline(),
              wish.paused());
      if (old != null && old.sameAs(area)) {
        results.add(new Result(old, Outcome.UNCHANGED));
        continue;
      }
      results.add(new Result(area, old == null ? Outcome.CREATED : Outcome.CHANGED));
      present.put(area.areaId(), area);
      work =
          work.chain(() -> table.put(area))
              .chain(
                  () ->
                      outbox.append(
                          EventType.AREA_STATE,
                          area.areaId().value(),
                          area.version(),
                          area.state(),
                          actor));
    }
    if (changed(results)) {
      work = work.chain(() -> revisions.raise(Revisions.Kind.AREA));
    }
    return work.replaceWith(results);
  }

  private static boolean changed(List<Result> results) {
    return results.stream().anyMatch(result -> result.outcome() != Outcome.UNCHANGED);
  }

  private static Map<AreaId, Area> byId(List<Area> areas) {
    return areas.stream()
        .collect(Collectors.toMap(Area::areaId, Function.identity(), (a, b) -> a, TreeMap::new));
  }
}

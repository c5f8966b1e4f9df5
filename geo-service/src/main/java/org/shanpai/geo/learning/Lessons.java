package org.shanpai.geo.learning;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.postgres.LessonTable;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.store.Stores;

/**
 * What finished jobs taught of stores and buildings, as this replica knows it; where they taught
 * little, drawn towards the city's median or the time as told. Swapped whole.
 */
@ApplicationScoped
public class Lessons implements Reloaded {

  /** Keys of the city's own medians among the buildings. */
  static final long CITY_DOORS = 0;

  static final long CITY_STORES = -1;

  private final LessonTable table;
  private final Stores told;
  private final Cells cells;
  private final LearningSettings settings;
  private final StopLesson priorStore;
  private final StopLesson priorDoor;
  private volatile Map<String, StoreLesson> stores = Map.of();
  private volatile Map<Long, StopLesson> buildings = Map.of();

  public Lessons(LessonTable table, Stores told, Cells cells, LearningSettings settings) {
    this.table = table;
    this.told = told;
    this.cells = cells;
    this.settings = settings;
    LearningSettings.Stops stops = settings.stops();
    this.priorStore = new StopLesson(stops.storeSeconds(), stops.storeP80Seconds(), 0);
    this.priorDoor = new StopLesson(stops.buildingSeconds(), stops.buildingP80Seconds(), 0);
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.LESSON;
  }

  @Override
  public Uni<Void> reload() {
    return table
        .stores()
        .invoke(
            rows ->
                stores =
                    rows.stream()
                        .collect(
                            Collectors.toUnmodifiableMap(
                                StoreLesson::storeId, Function.identity())))
        .chain(table::buildings)
        .invoke(rows -> buildings = Map.copyOf(rows))
        .replaceWithVoid();
  }

  /** What was learned of a store, or null. */
  public StoreLesson store(StoreId storeId) {
    return storeId == null ? null : stores.get(storeId.value());
  }

  /**
   * Where riders stand at a store.
   *
   * @param told the place as told by the merchant
   */
  public PickupPoint pickup(StoreId storeId, GeoPoint told) {
    StoreLesson lesson = store(storeId);
    // A store that moved has nothing to learn from where it was.
    return lesson == null
            || lesson.visits() == 0
            || told.metresTo(lesson.pickup()) > settings.pickup().furthestMetres()
        ? new PickupPoint(told, 0)
        : new PickupPoint(lesson.pickup(), lesson.visits());
  }

  /**
   * From arrival with ready goods to departure.
   *
   * @param storeId null: any store of the city
   */
  public StopTime atStore(StoreId storeId) {
    return time(handover(store(storeId)));
  }

  private StopLesson handover(StoreLesson lesson) {
    StopLesson city = city(CITY_STORES, priorStore);
    return lesson == null
        ? new StopLesson(city.seconds(), city.p80Seconds(), 0)
        : new StopLesson(lesson.handoverSeconds(), lesson.handoverP80Seconds(), lesson.handovers())
            .towards(city, settings.stops().prior());
  }

  /** Rounded median of {@link #atStore} for a lesson that is not known to replicas yet. */
  StopTime atStore(StoreLesson lesson) {
    return time(handover(lesson));
  }

  /** From arrival to hand-over in the building around that place. */
  public StopTime atDoor(GeoPoint place) {
    StopLesson lesson = buildings.get(cells.of(place, Facts.BUILDING_RESOLUTION));
    StopLesson city = city(CITY_DOORS, priorDoor);
    return time(
        lesson == null
            ? new StopLesson(city.seconds(), city.p80Seconds(), 0)
            : lesson.towards(city, settings.stops().prior()));
  }

  /** The whole city's drop-offs. */
  public StopTime atDoors() {
    return time(city(CITY_DOORS, priorDoor));
  }

  private StopLesson city(long key, StopLesson prior) {
    return buildings.getOrDefault(key, StopLesson.NOTHING).towards(prior, settings.stops().prior());
  }

  private static StopTime time(StopLesson lesson) {
    return new StopTime(
        (int) Math.round(lesson.seconds()),
        (int) Math.ceil(Math.max(lesson.seconds(), lesson.p80Seconds())),
        lesson.samples());
  }

  /**
   * Until goods can be taken. What an order is told beyond the store's usual time comes on top of
   * what was learned.
   *
   * @param toldSeconds preparation as told for this order, or the store's
   */
  public KitchenTime kitchen(StoreId storeId, int toldSeconds) {
    StoreState state = storeId == null ? null : told.find(storeId);
    int usual = state == null ? toldSeconds : state.preparationSeconds();
    return kitchen(store(storeId), usual, toldSeconds);
  }

  KitchenTime kitchen(StoreLesson lesson, int usualSeconds, int toldSeconds) {
    double ratio = settings.kitchen().p80Ratio();
    double prior = settings.kitchen().prior();
    if (lesson == null) {
      return new KitchenTime(toldSeconds, (int) Math.ceil(toldSeconds * ratio), 0);
    }
    double median =
        Quantiles.shrink(lesson.kitchenSeconds(), lesson.kitchens(), usualSeconds, prior);
    double p80 =
        Quantiles.shrink(
            lesson.kitchenP80Seconds(), lesson.kitchens(), usualSeconds * ratio, prior);
    double extra = toldSeconds - usualSeconds;
    double seconds = Math.max(0, median + extra);
    return new KitchenTime(
        (int) Math.round(seconds),
        (int) Math.ceil(Math.max(seconds, p80 + extra)),
        lesson.kitchens());
  }
}

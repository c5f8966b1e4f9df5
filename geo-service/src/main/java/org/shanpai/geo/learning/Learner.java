package org.shanpai.geo.learning;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.postgres.DueTable;
import org.shanpai.geo.learning.postgres.FactTable;
import org.shanpai.geo.learning.postgres.LegTable;
import org.shanpai.geo.learning.postgres.LessonTable;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.store.Stores;
import org.shanpai.geo.track.TrackPoint;
import org.shanpai.geo.track.Tracks;
import org.shanpai.geo.travel.TravelTimes;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Learns anew what new facts touch. Everything learned is a function of the set of facts within the
 * window: the order in which they came, how often, and which replica learns plays no part. On a
 * worker thread.
 */
@ApplicationScoped
public class Learner {

  private static final Logger LOG = Logger.getLogger(Learner.class);
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_CITY_STOPS = 2_000;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration LONGEST_RIDE = Duration.ofHours(2);

  private final Tx tx;
  private final FactTable facts;
  private final DueTable due;
  private final LessonTable lessons;
  private final LegTable legs;
  private final Lessons known;
  private final Tracks tracks;
  private final Stores stores;
  private final Revisions revisions;
  private final Outbox outbox;
  private final LearningSettings settings;
  private final City city;
  private final CityClock clock;
  private final WallClock wall;
  private final StoreLearning storeLearning;
  private final LegLearning legLearning;

  public Learner(
      Tx tx,
      FactTable facts,
      DueTable due,
      LessonTable lessons,
      LegTable legs,
      Lessons known,
      Tracks tracks,
      Stores stores,
      Revisions revisions,
      Outbox outbox,
      TravelTimes travelTimes,
      Cells cells,
      LearningSettings settings,
      City city,
      CityClock clock,
      WallClock wall) {
    this.tx = tx;
    this.facts = facts;
    this.due = due;
    this.lessons = lessons;
    this.legs = legs;
    this.known = known;
    this.tracks = tracks;
    this.stores = stores;
    this.revisions = revisions;
    this.outbox = outbox;
    this.settings = settings;
    this.city = city;
    this.clock = clock;
    this.wall = wall;
    this.storeLearning = new StoreLearning(settings);
    this.legLearning = new LegLearning(travelTimes, cells, settings.legs());
  }

  /** Learns what is due. What fails stays due. */
  @Scheduled(
      every = "{shanpai.geo.learning.every:10s}",
      delayed = "{shanpai.geo.learning.every:10s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void round() {
    try {
      List<Due> taken;
      do {
        taken =
            write(() -> due.take(clock.now(), wall.now(), wall.now().plus(LEASE), MOST_AT_ONCE));
        taken.forEach(this::learn);
      } while (taken.size() == MOST_AT_ONCE);
    } catch (RuntimeException e) {
      LOG.warnf("Nothing is learned for now: %s", e);
    }
  }

  /** What cannot be learned is tried again after its lease, and keeps nothing else waiting. */
  private void learn(Due one) {
    try {
      switch (one.kind()) {
        case STORE -> store(one);
        case BUILDING -> building(one);
        case LEGS -> legs(one);
        case CITY -> city(one);
      }
    } catch (RuntimeException e) {
      LOG.warnf("%s %s is not learned yet: %s", one.kind(), one.key(), e);
    }
  }

  private Instant since() {
    return clock.now().minus(settings.window());
  }

  private void store(Due one) {
    String storeId = one.key();
    int most = Math.max(settings.stops().mostVisits(), settings.kitchen().mostOrders());
    List<Stop> stops = read(() -> facts.pickups(storeId, since(), most));
    List<GeoPoint> stands =
        read(() -> facts.stands(storeId, since(), settings.pickup().mostVisits()));
    write(
        () ->
            lessons
                .store(storeId)
                .chain(
                    before ->
                        stops.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : keep(
                                storeLearning.learn(
                                    storeId, stops, stands, before, stops.get(0).leftAt()),
                                stops.get(0).place()))
                .chain(() -> due.done(one, clock.now())));
  }

  private Uni<Void> keep(StoreLesson lesson, GeoPoint told) {
    StoreState state = stores.find(StoreId.of(lesson.storeId()));
    int usual = state == null ? settings.kitchen().untoldSeconds() : state.preparationSeconds();
    KitchenTime kitchen = known.kitchen(lesson, usual, usual);
    StoreLearned learned =
        new StoreLearned(
            StoreId.of(lesson.storeId()),
            city.id(),
            lesson.version() + 1,
            lesson.pickup(),
            lesson.visits(),
            kitchen.seconds(),
            kitchen.p80Seconds(),
            kitchen.samples(),
            known.atStore(lesson).seconds(),
            lesson.learnedAt());
    if (!matters(lesson.told(), learned, told)) {
      return lessons.put(lesson).chain(() -> revisions.raise(Revisions.Kind.LESSON));
    }
    StoreLesson published =
        new StoreLesson(
            lesson.storeId(),
            learned.version(),
            lesson.pickup(),
            lesson.visits(),
            lesson.kitchenSeconds(),
            lesson.kitchenP80Seconds(),
            lesson.kitchens(),
            lesson.handoverSeconds(),
            lesson.handoverP80Seconds(),
            lesson.handovers(),
            lesson.learnedAt(),
            learned);
    return lessons
        .put(published)
        .chain(
            () ->
                outbox.append(
                    EventType.STORE_LEARNED, lesson.storeId(), learned.version(), learned))
        .chain(() -> revisions.raise(Revisions.Kind.LESSON));
  }

  /** Whether others should hear of it. */
  private boolean matters(StoreLearned before, StoreLearned now, GeoPoint told) {
    if (before == null) {
      return true;
    }
    int seconds = settings.kitchen().publishSeconds();
    return before.pickup().metresTo(now.pickup()) >= settings.pickup().publishMetres()
        || Math.abs(before.kitchenSeconds() - now.kitchenSeconds()) >= seconds
        || Math.abs(before.kitchenP80Seconds() - now.kitchenP80Seconds()) >= seconds
        || Math.abs(before.handoverSeconds() - now.handoverSeconds()) >= seconds;
  }

  private void building(Due one) {
    long building = Long.parseLong(one.key());
    List<Stop> stops = read(() -> facts.dropoffs(building, since(), settings.stops().mostVisits()));
    put(one, building, stops, storeLearning::doorSeconds, clock.now());
  }

  private void city(Due one) {
    List<Stop> pickups = read(() -> facts.newest(Kind.AT_STORE, since(), MOST_CITY_STOPS));
    List<Stop> doors = read(() -> facts.newest(Kind.AT_CUSTOMER, since(), MOST_CITY_STOPS));
    StopLesson stores =
        StopLesson.of(StoreLearning.values(pickups, storeLearning::handoverSeconds));
    write(() -> lessons.put(Lessons.CITY_STORES, stores));
    put(one, Lessons.CITY_DOORS, doors, storeLearning::doorSeconds, clock.now());
  }

  private void put(
      Due one, long building, List<Stop> stops, Function<Stop, OptionalDouble> of, Instant again) {
    StopLesson lesson = StopLesson.of(StoreLearning.values(stops, of));
    write(
        () ->
            lessons
                .put(building, lesson)
                .chain(() -> revisions.raise(Revisions.Kind.LESSON))
                .chain(() -> due.done(one, again)));
  }

  private void legs(Due one) {
    Instant from = Instant.parse(one.key());
    Instant to = from.plus(Facts.HALF_HOUR);
    List<Stop> stops = read(() -> facts.ridesFrom(from, to, to.plus(LONGEST_RIDE)));
    LegLearning.Learned learned =
        legLearning.learn(LegLearning.rides(stops, from, to), this::ridden);
    write(
        () ->
            legs.replace(from, learned.counts(), learned.verdicts())
                .chain(() -> revisions.raise(Revisions.Kind.LEG))
                .chain(() -> due.done(one, clock.now().plus(settings.settle()))));
  }

  private RiddenWays.Ridden ridden(Leg leg) {
    long departed = leg.departedAt().toEpochMilli();
    long arrived = departed + Math.round(leg.seconds() * 1_000);
    Tracks.Track track = tx.await(() -> tracks.track(leg.riderId(), departed, arrived));
    return track.complete()
        ? TrackedWay.of(leg, track.points().stream().map(TrackPoint::sighting).toList())
        : null;
  }

  private <T> T read(Supplier<Uni<T>> work) {
    return tx.await(() -> tx.read(work));
  }

  private <T> T write(Supplier<Uni<T>> work) {
    return tx.await(() -> tx.write(work));
  }

  @Scheduled(every = "10m", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return tx.detached(() -> tx.write(() -> facts.deleteBefore(since().minus(settings.keep()))))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old stops stay until the next sweep: %s", failure);
              return null;
            });
  }
}

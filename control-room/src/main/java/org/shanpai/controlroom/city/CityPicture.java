package org.shanpai.controlroom.city;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.shanpai.chassis.City;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.SosState;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.measure.Measures;

/**
 * The city as it stands, in memory: what the page is drawn from.
 *
 * <p>Filled from the read model's tables at start and from every event after its transaction has
 * committed, so it never shows what a crash could take back. Versions decide, not the order of
 * arrival: an older state changes nothing. Thread-safe; every method holds the one lock only for a
 * few map operations.
 */
@ApplicationScoped
public class CityPicture {

  static final int FEED_KEPT = 80;
  static final int FEED_PER_DELTA = 20;

  /** Marks a page that is just opened still shows. */
  static final int SEEN_KEPT = 60;

  private record OrderRow(long version, OrderStatus status, Instant createdAt) {}

  private record OfferRow(long version, OfferState.Status status, Instant createdAt) {}

  private final City city;
  private final CityClock clock;
  private final Urgency urgency;

  private final Map<OrderId, OrderRow> orders = new HashMap<>();
  private final Map<JobId, JobView> jobs = new HashMap<>();
  private final Map<OfferId, OfferRow> offers = new HashMap<>();
  private final Map<RiderId, RiderState> riders = new HashMap<>();
  private final Map<RiderId, RiderWorkState> works = new HashMap<>();
  private final Map<RiderId, Position> positions = new HashMap<>();
  private final Map<StoreId, StoreState> stores = new HashMap<>();
  private final Map<AreaId, AreaState> areas = new HashMap<>();
  private final Map<AreaId, WeatherAlert> weather = new HashMap<>();
  private final Map<String, ZoneState> zones = new HashMap<>();
  private final ArrayDeque<Seen> seen = new ArrayDeque<>();
  private final OnlineSpans online = new OnlineSpans();
  private final ArrayDeque<FeedItem> feed = new ArrayDeque<>();

  private final Set<JobId> changedJobs = new LinkedHashSet<>();
  private final Set<RiderId> changedRiders = new LinkedHashSet<>();
  private final Set<RiderId> moved = new LinkedHashSet<>();
  private final Set<StoreId> changedStores = new LinkedHashSet<>();
  private final Set<AreaId> changedAreas = new LinkedHashSet<>();
  private final Set<String> changedZones = new LinkedHashSet<>();
  private final List<Seen> newSeen = new ArrayList<>();
  private final List<FeedItem> newLines = new ArrayList<>();
  private Measures told;
  private Long newStreets;
  private LocalDate businessDate;

  public CityPicture(City city, CityClock clock) {
    this.city = city;
    this.clock = clock;
    this.urgency = Urgency.DEFAULT;
    this.businessDate = city.businessDate(clock.now());
  }

  /** Runs the work while nothing else can change the picture. */
  public synchronized <T> T still(Supplier<T> work) {
    return work.get();
  }

  public synchronized void order(String eventId, Instant at, OrderState order) {
    OrderRow known = orders.get(order.orderId());
    if (known != null && known.version() >= order.version()) {
      return;
    }
    orders.put(order.orderId(), new OrderRow(order.version(), order.status(), order.createdAt()));
    FeedLines.of(eventId, at, order).ifPresent(this::line);
  }

  public synchronized void job(String eventId, Instant at, JobState job) {
    JobView known = jobs.get(job.jobId());
    if (known != null && known.version() >= job.version()) {
      return;
    }
    jobs.put(job.jobId(), JobView.of(job, urgency));
    changedJobs.add(job.jobId());
    if (known != null && known.riderId() != null) {
      changedRiders.add(known.riderId());
    }
    if (job.riderId() != null) {
      changedRiders.add(job.riderId());
    }
    if (known == null
        || known.status() != job.status()
        || !Objects.equals(known.riderId(), job.riderId())) {
      FeedLines.of(eventId, at, job).ifPresent(this::line);
    }
  }

  public synchronized void offer(String eventId, Instant at, OfferState offer) {
    OfferRow known = offers.get(offer.offerId());
    if (known != null && known.version() >= offer.version()) {
      return;
    }
    offers.put(offer.offerId(), new OfferRow(offer.version(), offer.status(), offer.createdAt()));
    FeedLines.of(eventId, at, offer).ifPresent(this::line);
  }

  public synchronized void rider(RiderState rider) {
    RiderState known = riders.get(rider.riderId());
    if (known != null && known.version() >= rider.version()) {
      return;
    }
    riders.put(rider.riderId(), rider);
    changedRiders.add(rider.riderId());
  }

  /**
   * @param at city time of the change: when an offline rider's span ended
   */
  public synchronized void work(Instant at, RiderWorkState work) {
    RiderWorkState known = works.get(work.riderId());
    if (known != null && known.version() >= work.version()) {
      return;
    }
    works.put(work.riderId(), work);
    changedRiders.add(work.riderId());
    if (work.online() && work.onlineSince() != null) {
      online.opened(work.riderId(), work.onlineSince());
    } else if (!work.online()) {
      online.offline(work.riderId(), at);
    }
  }

  /** A span read back from the tables; {@code until} null while it lasts. */
  public synchronized void onlineSpan(RiderId rider, Instant since, Instant until) {
    if (until == null) {
      online.opened(rider, since);
    } else {
      online.closed(rider, since, until);
    }
  }

  /** Keeps the newest reading. */
  public synchronized void position(RiderPosition reading) {
    Position known = positions.get(reading.riderId());
    if (known == null || known.at().isBefore(reading.at())) {
      positions.put(
          reading.riderId(),
          new Position(
              reading.riderId(),
              reading.place(),
              reading.at(),
              reading.trust(),
              reading.batteryPercent()));
      moved.add(reading.riderId());
    }
  }

  public synchronized void store(StoreState store) {
    StoreState known = stores.get(store.storeId());
    if (known == null || known.version() < store.version()) {
      stores.put(store.storeId(), store);
      changedStores.add(store.storeId());
    }
  }

  public synchronized void area(String eventId, Instant at, AreaState area) {
    AreaState known = areas.get(area.areaId());
    if (known != null && known.version() >= area.version()) {
      return;
    }
    areas.put(area.areaId(), area);
    changedAreas.add(area.areaId());
    if (known != null && known.paused() != area.paused()) {
      line(FeedLines.paused(eventId, at, area));
    }
  }

  public synchronized void zone(ZoneState zone) {
    ZoneState known = zones.get(zone.zoneId());
    if (known == null || known.version() < zone.version()) {
      zones.put(zone.zoneId(), zone);
      changedZones.add(zone.zoneId());
    }
  }

  public synchronized void seen(String eventId, GeofenceEvent event) {
    Seen mark = Seen.of(eventId, event);
    newSeen.add(mark);
    seen.addLast(mark);
    if (seen.size() > SEEN_KEPT) {
      seen.removeFirst();
    }
  }

  public synchronized void weather(String eventId, Instant at, WeatherAlert alert) {
    WeatherAlert known = weather.get(alert.areaId());
    if (known != null && known.version() >= alert.version()) {
      return;
    }
    weather.put(alert.areaId(), alert);
    changedAreas.add(alert.areaId());
    boolean calmBefore = known == null || known.level() == WeatherAlert.Level.NONE;
    if (!calmBefore || alert.level() != WeatherAlert.Level.NONE) {
      line(FeedLines.of(eventId, at, alert));
    }
  }

  public synchronized void score(String eventId, Instant at, ScoreEntry entry) {
    FeedLines.of(eventId, at, entry).ifPresent(this::line);
  }

  public synchronized void alarm(String eventId, Instant at, SosState alarm) {
    line(FeedLines.of(eventId, at, alarm));
  }

  /** The streets were put anew. */
  public synchronized void streets(long version) {
    newStreets = version;
  }

  /** Forgets which changes there were: the tables have been read, nobody has looked yet. */
  public synchronized void settled() {
    List<FeedItem> newestLast =
        newLines.stream().sorted(Comparator.comparing(FeedItem::at)).toList();
    feed.clear();
    newestLast.forEach(this::keep);
    changedJobs.clear();
    changedRiders.clear();
    moved.clear();
    changedStores.clear();
    changedAreas.clear();
    changedZones.clear();
    newSeen.clear();
    newLines.clear();
  }

  /**
   * What changed since the last call.
   *
   * @param withMeasures whether the figures are to be worked out this time
   */
  public synchronized Optional<Delta> changes(boolean withMeasures) {
    Measures figures = null;
    if (withMeasures) {
      turnTheDay();
      Measures now = measures();
      figures = now.equals(told) ? null : now;
      told = now;
    }
    moved.removeAll(changedRiders);
    Delta delta =
        new Delta(
            changedJobs.stream().map(jobs::get).toList(),
            changedRiders.stream().map(this::riderView).toList(),
            moved.stream().map(positions::get).toList(),
            changedStores.stream().map(stores::get).map(StoreView::of).toList(),
            changedAreas.stream()
                .filter(areas::containsKey)
                .map(id -> AreaView.of(areas.get(id), weather.get(id)))
                .toList(),
            changedZones.stream().map(zones::get).toList(),
            newest(newSeen),
            loudest(newLines),
            figures,
            newStreets);
    newStreets = null;
    changedJobs.clear();
    changedRiders.clear();
    moved.clear();
    changedStores.clear();
    changedAreas.clear();
    changedZones.clear();
    newSeen.clear();
    newLines.clear();
    return delta.empty() ? Optional.empty() : Optional.of(delta);
  }

  /** The figures of the present business date. */
  public synchronized Measures measures() {
    Instant now = clock.now();
    LocalDate date = city.businessDate(now);
    Instant start = date.atStartOfDay(city.zone()).toInstant();
    return Measures.of(
        orders.values().stream()
            .filter(order -> !order.createdAt().isBefore(start))
            .map(OrderRow::status)
            .toList(),
        jobs.values(),
        this::createdAt,
        created -> !created.isBefore(start),
        works.keySet().stream().map(this::riderView).toList(),
        offers.values().stream()
            .filter(offer -> !offer.createdAt().isBefore(start))
            .map(OfferRow::status)
            .toList(),
        online.total(start, now),
        now);
  }

  /** Every unfinished job. */
  public synchronized List<JobView> liveJobs() {
    return jobs.values().stream().filter(job -> !job.status().terminal()).toList();
  }

  /** Every rider that is known by record or by work. */
  public synchronized List<RiderView> riders() {
    Set<RiderId> known = new LinkedHashSet<>(works.keySet());
    riders.values().stream().filter(RiderState::active).forEach(r -> known.add(r.riderId()));
    return known.stream().map(this::riderView).toList();
  }

  public synchronized Optional<RiderView> findRider(RiderId id) {
    return riders.containsKey(id) || works.containsKey(id)
        ? Optional.of(riderView(id))
        : Optional.empty();
  }

  public synchronized List<StoreView> stores() {
    return stores.values().stream().map(StoreView::of).toList();
  }

  public synchronized Optional<StoreView> findStore(StoreId id) {
    return Optional.ofNullable(stores.get(id)).map(StoreView::of);
  }

  public synchronized Optional<AreaView> findArea(AreaId id) {
    return Optional.ofNullable(areas.get(id)).map(area -> AreaView.of(area, weather.get(id)));
  }

  public synchronized List<AreaView> areas() {
    return areas.values().stream()
        .map(area -> AreaView.of(area, weather.get(area.areaId())))
        .toList();
  }

  /** Those that hold. */
  public synchronized List<ZoneState> zones() {
    return zones.values().stream().filter(zone -> !zone.removed()).toList();
  }

  /** The newest marks, oldest first. */
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The newest lines, oldest first. */
  public synchronized List<FeedItem> feed() {
    return List.copyOf(feed);
  }

  /** City time at which the order was created; the job's own when the order is not known yet. */
  private Instant createdAt(JobView job) {
    OrderRow order = orders.get(job.orderId());
    return order == null ? job.createdAt() : order.createdAt();
  }

  private RiderView riderView(RiderId id) {
    return RiderView.of(
        id,
        riders.get(id),
        works.get(id),
        positions.get(id),
        job -> jobs.containsKey(job) ? jobs.get(job).status() : null);
  }

  private void line(FeedItem item) {
    newLines.add(item);
    keep(item);
  }

  private void keep(FeedItem item) {
    feed.addLast(item);
    if (feed.size() > FEED_KEPT) {
      feed.removeFirst();
    }
  }

  private static List<Seen> newest(List<Seen> marks) {
    return List.copyOf(marks.subList(Math.max(0, marks.size() - SEEN_KEPT), marks.size()));
  }

  /** When more happens than can be read, plain lines give way first. */
  private static List<FeedItem> loudest(Collection<FeedItem> lines) {
    if (lines.size() <= FEED_PER_DELTA) {
      return List.copyOf(lines);
    }
    List<FeedItem> loud =
        lines.stream().filter(line -> line.tone() != FeedItem.Tone.PLAIN).toList();
    return List.copyOf(loud.subList(Math.max(0, loud.size() - FEED_PER_DELTA), loud.size()));
  }

  /** At the city's midnight what is over is forgotten; the tables keep it. */
  private void turnTheDay() {
    LocalDate today = city.businessDate(clock.now());
    if (today.equals(businessDate)) {
      return;
    }
    businessDate = today;
    Instant start = today.atStartOfDay(city.zone()).toInstant();
    orders
        .values()
        .removeIf(order -> order.status().terminal() && order.createdAt().isBefore(start));
    jobs.values().removeIf(job -> job.status().terminal() && job.createdAt().isBefore(start));
    offers
        .values()
        .removeIf(
            offer -> offer.status() != OfferState.Status.OPEN && offer.createdAt().isBefore(start));
    online.forgetBefore(start);
  }

  /** How many jobs are held in memory, finished ones of the date included. */
  public synchronized int jobsHeld() {
    return jobs.size();
  }

  /** Status of a job as shown, or empty when it is not in memory. */
  public synchronized Optional<JobStatus> findStatus(JobId id) {
    return Optional.ofNullable(jobs.get(id)).map(JobView::status);
  }
}

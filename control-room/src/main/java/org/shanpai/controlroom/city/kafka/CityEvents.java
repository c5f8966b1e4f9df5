package org.shanpai.controlroom.city.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import java.util.function.Function;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.SosState;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.controlroom.city.postgres.CityRows;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Tx;

/**
 * Every event becomes rows first; the picture follows when the rows are committed. So the page
 * never shows what could still be undone, and a restart shows the same city again.
 */
@Singleton
public class CityEvents {

  private final Tx tx;
  private final CityRows rows;
  private final CityPicture picture;

  public CityEvents(Tx tx, CityRows rows, CityPicture picture) {
    this.tx = tx;
    this.rows = rows;
    this.picture = picture;
  }

  private record Follower<T>(
      EventType<T> type, Function<Event<T>, Uni<Void>> write, Consumer<Event<T>> show, Tx tx)
      implements EventHandler<T> {
    @Override
    public Uni<Void> on(Event<T> event) {
      return write.apply(event).invoke(() -> tx.afterCommit(() -> show.accept(event)));
    }
  }

  @Produces
  @Singleton
  EventHandler<OrderState> orders() {
    return new Follower<>(
        EventType.ORDER_STATE,
        rows::order,
        e -> picture.order(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<JobState> jobs() {
    return new Follower<>(
        EventType.JOB_STATE,
        rows::job,
        e -> picture.job(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<OfferState> offers() {
    return new Follower<>(
        EventType.OFFER_STATE,
        rows::offer,
        e -> picture.offer(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<RiderWorkState> works() {
    return new Follower<>(
        EventType.RIDER_WORK_STATE, rows::work, e -> picture.work(e.occurredAt(), e.data()), tx);
  }

  @Produces
  @Singleton
  EventHandler<RiderState> riders() {
    return new Follower<>(EventType.RIDER_STATE, rows::rider, e -> picture.rider(e.data()), tx);
  }

  @Produces
  @Singleton
  EventHandler<StoreState> stores() {
    return new Follower<>(EventType.STORE_STATE, rows::store, e -> picture.store(e.data()), tx);
  }

  @Produces
  @Singleton
  EventHandler<AreaState> areas() {
    return new Follower<>(
        EventType.AREA_STATE,
        rows::area,
        e -> picture.area(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<WeatherAlert> weather() {
    return new Follower<>(
        EventType.WEATHER_ALERT,
        rows::weather,
        e -> picture.weather(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<ZoneState> zones() {
    return new Follower<>(EventType.ZONE_STATE, rows::zone, e -> picture.zone(e.data()), tx);
  }

  @Produces
  @Singleton
  EventHandler<GeofenceEvent> sightings() {
    return new Follower<>(
        EventType.GEOFENCE_EVENT, rows::seen, e -> picture.seen(e.id().toString(), e.data()), tx);
  }

  @Produces
  @Singleton
  EventHandler<ScoreEntry> scores() {
    return new Follower<>(
        EventType.SCORE_ENTRY,
        rows::score,
        e -> picture.score(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  /** Calls for help are kept by rider-service; here they are shown, at once. */
  @Produces
  @Singleton
  EventHandler<SosState> alarms() {
    return new Follower<>(
        EventType.SOS_STATE,
        event -> Uni.createFrom().voidItem(),
        e -> picture.alarm(e.id().toString(), e.occurredAt(), e.data()),
        tx);
  }

  @Produces
  @Singleton
  EventHandler<DispatchReceipt> receipts() {
    return new Follower<>(EventType.DISPATCH_RECEIPT, rows::receipt, e -> {}, tx);
  }
}

package org.shanpai.contracts.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A registered kind of event. A consumer skips registered types it does not need and parks
 * unregistered ones.
 *
 * @param text the name on the wire, ending in its major version
 * @param topic where it is published
 * @param body the class of its data; its JSON schema is {@code schemas/<text>.json}
 */
public record EventType<T>(String text, Topic topic, Class<T> body) {

  public static final EventType<OrderState> ORDER_STATE =
      new EventType<>("order.state.v1", Topic.ORDER, OrderState.class);
  public static final EventType<StoreState> STORE_STATE =
      new EventType<>("store.state.v1", Topic.STORE, StoreState.class);
  public static final EventType<JobState> JOB_STATE =
      new EventType<>("job.state.v1", Topic.JOB, JobState.class);
  public static final EventType<OfferState> OFFER_STATE =
      new EventType<>("offer.state.v1", Topic.OFFER, OfferState.class);
  public static final EventType<RiderWorkState> RIDER_WORK_STATE =
      new EventType<>("rider-work.state.v1", Topic.RIDER_WORK, RiderWorkState.class);
  public static final EventType<RiderState> RIDER_STATE =
      new EventType<>("rider.state.v1", Topic.RIDER, RiderState.class);
  public static final EventType<AreaState> AREA_STATE =
      new EventType<>("area.state.v1", Topic.AREA, AreaState.class);
  public static final EventType<WeatherAlert> WEATHER_ALERT =
      new EventType<>("weather.alert.v1", Topic.WEATHER, WeatherAlert.class);
  public static final EventType<DispatchReceipt> DISPATCH_RECEIPT =
      new EventType<>("dispatch.receipt.v1", Topic.RECEIPT, DispatchReceipt.class);
  public static final EventType<ScoreEntry> SCORE_ENTRY =
      new EventType<>("score.entry.v1", Topic.SCORE, ScoreEntry.class);
  public static final EventType<RiderPosition> RIDER_POSITION =
      new EventType<>("rider.position.v1", Topic.POSITION, RiderPosition.class);
  public static final EventType<GeofenceEvent> GEOFENCE_EVENT =
      new EventType<>("geofence.event.v1", Topic.GEOFENCE, GeofenceEvent.class);
  public static final EventType<DemandMissed> DEMAND_MISSED =
      new EventType<>("demand.missed.v1", Topic.DEMAND, DemandMissed.class);
  public static final EventType<ZoneState> ZONE_STATE =
      new EventType<>("zone.state.v1", Topic.ZONE, ZoneState.class);
  public static final EventType<StoreLearned> STORE_LEARNED =
      new EventType<>("store.learned.v1", Topic.LEARNED, StoreLearned.class);
  public static final EventType<OrderFeedback> ORDER_FEEDBACK =
      new EventType<>("order.feedback.v1", Topic.FEEDBACK, OrderFeedback.class);
  public static final EventType<FraudSignal> FRAUD_SIGNAL =
      new EventType<>("fraud.signal.v1", Topic.FRAUD, FraudSignal.class);
  public static final EventType<Settlement> SETTLEMENT =
      new EventType<>("settlement.due.v1", Topic.SETTLEMENT, Settlement.class);
  public static final EventType<SosState> SOS_STATE =
      new EventType<>("sos.state.v1", Topic.SOS, SosState.class);
  public static final EventType<RiderBlock> RIDER_BLOCK =
      new EventType<>("rider.block.v1", Topic.RIDER_BLOCK, RiderBlock.class);

  private static final Map<String, EventType<?>> BY_TEXT =
      List.<EventType<?>>of(
              ORDER_STATE,
              STORE_STATE,
              JOB_STATE,
              OFFER_STATE,
              RIDER_WORK_STATE,
              RIDER_STATE,
              AREA_STATE,
              WEATHER_ALERT,
              DISPATCH_RECEIPT,
              SCORE_ENTRY,
              RIDER_POSITION,
              GEOFENCE_EVENT,
              DEMAND_MISSED,
              ZONE_STATE,
              STORE_LEARNED,
              ORDER_FEEDBACK,
              FRAUD_SIGNAL,
              SETTLEMENT,
              SOS_STATE,
              RIDER_BLOCK)
          .stream()
          .collect(Collectors.toUnmodifiableMap(EventType::text, Function.identity()));

  /** The registered type of that name, or empty. */
  public static Optional<EventType<?>> find(String text) {
    return Optional.ofNullable(text == null ? null : BY_TEXT.get(text));
  }

  /** Every registered type, in no particular order. */
  public static Iterable<EventType<?>> all() {
    return BY_TEXT.values();
  }
}

package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;

/** Keeps the facts riders are judged by. They are judged right after the commit. */
@ApplicationScoped
public class Intake {

  /** A span judged by its weather may have begun so long before it ended. */
  private static final Duration LONGEST_SPAN = Duration.ofHours(12);

  private final Tx tx;
  private final FactRows facts;
  private final AreaWeather weather;
  private final Judging judging;

  Intake(Tx tx, FactRows facts, AreaWeather weather, Judging judging) {
    this.tx = tx;
    this.facts = facts;
    this.weather = weather;
    this.judging = judging;
  }

  /**
   * A job was delivered.
   *
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Void> delivered(DeliveryFacts delivery) {
    return weather
        .lock(delivery.areaId(), false)
        .chain(() -> facts.keep(delivery, true))
        .invoke(
            kept -> {
              if (kept == FactRows.Kept.UNKNOWN_RIDER) {
                throw new PoisonException("unknown rider " + delivery.riderId());
              }
              tx.afterCommit(judging::wake);
            })
        .replaceWithVoid();
  }

  /** What a rule of the platform found out; one of an unknown rider is passed over. */
  public Uni<Void> found(Ruling ruling) {
    return facts.keep(ruling, true).invoke(kept -> tx.afterCommit(judging::wake)).replaceWithVoid();
  }

  /**
   * Notes new weather; what was delivered in the area since its start is judged again: the news may
   * come after the news of a delivery it covers.
   */
  public Uni<Void> weatherChanged(WeatherAlert alert) {
    String areaId = alert.areaId().value();
    return weather
        .lock(areaId, true)
        .chain(() -> weather.record(alert))
        .chain(() -> facts.dueOfArea(areaId, alert.from().minus(LONGEST_SPAN)))
        .invoke(count -> tx.afterCommit(judging::wake))
        .replaceWithVoid();
  }
}

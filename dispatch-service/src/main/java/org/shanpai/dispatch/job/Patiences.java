package org.shanpai.dispatch.job;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The city's patience with jobs that nobody takes. Every method needs a transaction or read. */
@ApplicationScoped
public class Patiences {

  private final Tx tx;
  private final City city;
  private final CityClock clock;

  public Patiences(Tx tx, City city, CityClock clock) {
    this.tx = tx;
    this.city = city;
    this.clock = clock;
  }

  /** What holds now. */
  public Uni<Patience> present() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select steps from patience where city_id = :city", String.class)
                    .setParameter("city", city.id().value())
                    .getSingleResultOrNull())
        .map(steps -> steps == null ? Patience.USUAL : Json.read(steps, Patience.class));
  }

  /** Changes it from now on; steps that were taken stay taken. */
  public Uni<Void> set(Patience patience, String operator) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into patience (city_id, steps, set_by, set_at)"
                            + " values (:city, :steps, :by, :at) on conflict (city_id) do update"
                            + " set steps = excluded.steps, set_by = excluded.set_by,"
                            + " set_at = excluded.set_at")
                    .setParameter("city", city.id().value())
                    .setParameter("steps", Json.write(patience))
                    .setParameter("by", operator)
                    .setParameter("at", clock.now())
                    .executeUpdate())
        .replaceWithVoid();
  }
}

package org.shanpai.rider.carried;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Which orders each rider carried on which day. Runs in the caller's session. */
@ApplicationScoped
public class CarriedOrders {

  private final Tx tx;

  public CarriedOrders(Tx tx) {
    this.tx = tx;
  }

  /** A day's work. */
  public record Day(LocalDate date, int orders) {}

  /** Notes the order; again changes nothing, nor does an order of a rider unknown here. */
  public Uni<Void> add(CarriedOrder order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into carried_order (job_id, rider_id, area_id, business_date,"
                            + " accepted_at, delivered_at) select :job, rider_id, :area, :day,"
                            + " :accepted, :delivered from rider where rider_id = :rider"
                            + " on conflict (job_id) do nothing")
                    .setParameter("job", order.jobId())
                    .setParameter("area", order.areaId())
                    .setParameter("day", order.businessDate())
                    .setParameter("accepted", order.acceptedAt())
                    .setParameter("delivered", order.deliveredAt())
                    .setParameter("rider", order.riderId())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * A rider's days with at least one order, oldest first.
   *
   * @param areas only what was carried there; empty for everywhere
   * @param from included
   * @param until not included
   */
  public Uni<List<Day>> days(
      String riderId, Collection<String> areas, LocalDate from, LocalDate until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(business_date as text), cast(count(*) as integer)"
                            + " from carried_order where rider_id = :rider"
                            + " and business_date >= :from and business_date < :until"
                            + " and (json_array_length(cast(cast(:areas as text) as json)) = 0"
                            + " or area_id in (select json_array_elements_text("
                            + "cast(cast(:areas as text) as json))))"
                            + " group by business_date order by business_date",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("from", from)
                    .setParameter("until", until)
                    .setParameter("areas", Json.write(areas))
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Day(LocalDate.parse((String) row[0]), ((Number) row[1]).intValue()))
                    .toList());
  }

  /** Whether the rider carried anything before that day. */
  public Uni<Boolean> anyBefore(String riderId, LocalDate day) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from carried_order where rider_id = :rider"
                            + " and business_date < :day)",
                        Boolean.class)
                    .setParameter("rider", riderId)
                    .setParameter("day", day)
                    .getSingleResult());
  }
}

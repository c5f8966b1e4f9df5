package org.shanpai.dispatch.offer;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.Route;
import org.shanpai.messaging.Json;

/** An offer (派单) of a bundle to one rider: accepted whole, or not at all. */
@Entity
@Table(name = "offer")
public class Offer {

  @Id private String id;
  private String cityId;
  private String areaId;
  private String riderId;
  @Version private long version;

  @Enumerated(EnumType.STRING)
  private OfferState.Status status;

  private String waveId;
  private String route;
  private long payFen;
  private Instant createdAt;
  private Instant expiresAt;

  @jakarta.persistence.Column(name = "decided_wall_ms")
  private long decidedAtWallMillis;

  private String why;
  private String reason;

  protected Offer() {}

  static Offer open(
      String id,
      String cityId,
      OfferDraft draft,
      Money pay,
      Instant now,
      Instant expiresAt,
      long wallMillis) {
    Offer offer = new Offer();
    offer.id = id;
    offer.cityId = cityId;
    offer.areaId = draft.areaId();
    offer.riderId = draft.riderId();
    offer.status = OfferState.Status.OPEN;
    offer.waveId = draft.waveId();
    offer.route = Json.write(draft.route().stops());
    offer.payFen = pay.fen();
    offer.createdAt = now;
    offer.expiresAt = expiresAt;
    offer.decidedAtWallMillis = wallMillis;
    offer.why = draft.why();
    offer.reason = "OFFERED";
    return offer;
  }

  void end(OfferState.Status outcome, String because) {
    if (status != OfferState.Status.OPEN) {
      throw new IllegalStateException(outcome + " of offer " + id + " which is " + status);
    }
    status = outcome;
    reason = because;
  }

  OfferState state(List<Job> jobs) {
    Money tips =
        jobs.stream()
            .map(job -> job.terms().tip())
            .filter(Objects::nonNull)
            .reduce(Money.ZERO, Money::plus);
    return new OfferState(
        new OfferId(id),
        new CityId(cityId),
        new AreaId(areaId),
        new RiderId(riderId),
        version + 1,
        status,
        jobs.stream()
            .map(
                job ->
                    new OfferState.OfferedJob(
                        new JobId(job.id()),
                        new StoreId(job.storeId()),
                        job.pickup(),
                        job.dropoff(),
                        job.promise(),
                        job.readyOrExpected(),
                        job.loadUnits(),
                        job.epoch(),
                        job.weightGrams(),
                        job.needs()))
            .toList(),
        route().published(),
        Money.ofFen(payFen),
        createdAt,
        expiresAt,
        decidedAtWallMillis,
        why,
        waveId,
        reason,
        tips.equals(Money.ZERO) ? null : tips);
  }

  public String id() {
    return id;
  }

  String areaId() {
    return areaId;
  }

  String riderId() {
    return riderId;
  }

  String waveId() {
    return waveId;
  }

  boolean isOpen() {
    return status == OfferState.Status.OPEN;
  }

  OfferState.Status status() {
    return status;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  Route route() {
    return new Route(List.of(Json.read(route, PlannedStop[].class)));
  }
}

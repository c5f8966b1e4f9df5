package org.shanpai.controlroom.story;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.chassis.City;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.RiderView;
import org.shanpai.controlroom.city.StoreView;
import org.shanpai.controlroom.city.Urgency;
import org.shanpai.controlroom.story.postgres.StoryRows;
import org.shanpai.messaging.Tx;

/** Tells the stories of orders, riders and stores. A story nobody knows of is null. */
@ApplicationScoped
public class Stories {

  private final Tx tx;
  private final StoryRows rows;
  private final CityPicture picture;
  private final City city;
  private final CityClock clock;

  public Stories(Tx tx, StoryRows rows, CityPicture picture, City city, CityClock clock) {
    this.tx = tx;
    this.rows = rows;
    this.picture = picture;
    this.city = city;
    this.clock = clock;
  }

  /** The order's story, or null. */
  public Uni<Story> order(String orderId) {
    return tx.read(
        () ->
            rows.findOrder(orderId)
                .flatMap(
                    order -> rows.findJob(orderId).flatMap(job -> order(orderId, order, job))));
  }

  private Uni<Story> order(String orderId, OrderState order, JobState job) {
    if (order == null && job == null) {
      return Uni.createFrom().nullItem();
    }
    String jobId = job == null ? orderId : job.jobId().value();
    return rows.listEvents(orderId, jobId)
        .flatMap(
            events ->
                rows.listScores(orderId, jobId)
                    .flatMap(
                        scores ->
                            rows.listActs(jobId)
                                .map(acts -> tell(order, job, events, scores, acts))));
  }

  private Story tell(
      OrderState order,
      JobState job,
      List<StoryEvent> events,
      List<ScoreEntry> scores,
      List<Story.Act> acts) {
    StoryTeller teller = StoryTeller.of(events);
    Instant createdAt = order == null ? job.createdAt() : order.createdAt();
    StoreId store = order == null ? job.storeId() : order.storeId();
    return new Story(
        order,
        job,
        job == null ? null : Urgency.DEFAULT.soonAt(job),
        picture.findStore(store).orElse(null),
        job == null ? List.of() : Leg.of(createdAt, job),
        job == null ? List.of() : Wait.of(createdAt, job),
        teller.lines(),
        teller.receipts(),
        scores,
        labels(teller),
        acts);
  }

  private Map<String, String> labels(StoryTeller teller) {
    Set<RiderId> seen = new LinkedHashSet<>();
    for (StoryLine line : teller.lines()) {
      if (line.riderId() != null) {
        seen.add(line.riderId());
      }
    }
    for (DispatchReceipt receipt : teller.receipts()) {
      receipt.candidates().forEach(candidate -> seen.add(candidate.riderId()));
    }
    Map<String, String> labels = new TreeMap<>();
    seen.forEach(
        id ->
            labels.put(id.value(), picture.findRider(id).map(RiderView::label).orElse(id.value())));
    return labels;
  }

  /** The rider's day, or null. */
  public Uni<RiderStory> rider(String riderId) {
    RiderView rider = picture.findRider(RiderId.of(riderId)).orElse(null);
    if (rider == null) {
      return Uni.createFrom().nullItem();
    }
    LocalDate today = city.businessDate(clock.now());
    return tx.read(
        () ->
            rows.riderFigures(riderId, today)
                .flatMap(
                    figures ->
                        rows.riderOffers(riderId, today)
                            .flatMap(
                                offers ->
                                    rows.listRiderScores(riderId)
                                        .flatMap(
                                            scores ->
                                                rows.listRiderJobs(riderId, today)
                                                    .map(
                                                        jobs ->
                                                            rider(
                                                                rider, figures, offers, scores,
                                                                jobs))))));
  }

  private static RiderStory rider(
      RiderView rider,
      Object[] figures,
      Object[] offers,
      List<ScoreEntry> scores,
      List<JobState> jobs) {
    return new RiderStory(
        rider,
        count(figures[0]),
        count(figures[1]),
        count(offers[0]),
        count(offers[1]),
        count(offers[2]),
        scores.isEmpty() ? null : scores.get(0).balanceMilliPoints(),
        scores,
        views(jobs));
  }

  /** The store's day, or null. */
  public Uni<StoreStory> store(String storeId) {
    StoreView store = picture.findStore(StoreId.of(storeId)).orElse(null);
    if (store == null) {
      return Uni.createFrom().nullItem();
    }
    LocalDate today = city.businessDate(clock.now());
    return tx.read(
        () ->
            rows.storeFigures(storeId, today)
                .flatMap(
                    figures ->
                        rows.listStoreJobs(storeId, today)
                            .map(
                                jobs ->
                                    new StoreStory(
                                        store,
                                        count(figures[0]),
                                        count(figures[1]),
                                        count(figures[2]),
                                        mean(figures[3]),
                                        mean(figures[4]),
                                        views(jobs)))));
  }

  private static List<JobView> views(List<JobState> jobs) {
    return jobs.stream().map(job -> JobView.of(job, Urgency.DEFAULT)).toList();
  }

  private static int count(Object value) {
    return ((Number) value).intValue();
  }

  private static Double mean(Object value) {
    return value == null ? null : ((Number) value).doubleValue();
  }
}

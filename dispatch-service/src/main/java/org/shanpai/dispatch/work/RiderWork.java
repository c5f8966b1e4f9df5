package org.shanpai.dispatch.work;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.FatigueRules;
import org.shanpai.dispatch.fatigue.WorkHours;
import org.shanpai.dispatch.job.Job;
import org.shanpai.messaging.Json;

/**
 * What a rider has in hand and may still take. Its lock is the first one any change of a rider's
 * jobs takes; its version is what an offer is checked against.
 */
@Entity
@Table(name = "rider_work")
public class RiderWork {

  @Id private String riderId;
  private String cityId;
  @Version private long version;
  private boolean active;
  private String label;
  private String pool;
  private int capacityUnits;
  private String equipment;

  @Column(name = "level_mp")
  private int levelMilliPoints;

  private boolean online;
  private Instant onlineSince;
  private int loadUnits;
  private String route = "[]";
  private String openOfferId;
  private int unanswered;
  private Instant pausedUntil;
  private Instant restFrom;
  private Instant dutyEnds;
  private LocalDate dutyDate;
  private long onlineMillis;
  private int deliveredCount;
  private Double placeLat;
  private Double placeLon;
  private Instant lastSeenAt;
  private Double trustedLat;
  private Double trustedLon;
  private Instant trustedAt;
  private Integer trust;
  private Integer batteryPercent;
  private LocalDate startedOn;
  private Instant streakSince;
  private Instant workedUntil;
  private Instant busySince;
  private Instant shiftSince;
  private LocalDate workedDay;
  private long workedMillis;
  private int heldJobs;
  private LocalDate confirmedDay;

  @Enumerated(EnumType.STRING)
  private FatigueState fatigueState = FatigueState.FIT;

  private Instant fatigueDue;

  protected RiderWork() {}

  static RiderWork of(RiderState rider) {
    RiderWork work = new RiderWork();
    work.riderId = rider.riderId().value();
    work.cityId = rider.cityId().value();
    work.describe(rider);
    return work;
  }

  final void describe(RiderState rider) {
    active = rider.active();
    label = rider.label();
    pool = rider.pool() == null ? "CROWDSOURCED" : rider.pool();
    capacityUnits = Math.max(0, rider.capacityUnits());
    equipment = Json.write(rider.equipment() == null ? Set.of() : new TreeSet<>(rider.equipment()));
    levelMilliPoints = rider.levelMilliPoints();
    startedOn = rider.startedOn();
  }

  /** Starts taking offers. */
  void goOnline(Instant now, LocalDate today, GeoPoint place) {
    if (!online) {
      rollTo(today);
      online = true;
      onlineSince = now;
      unanswered = 0;
      lastSeenAt = now;
    }
    if (place != null) {
      placeLat = place.lat();
      placeLon = place.lon();
    }
  }

  void goOffline(Instant now) {
    if (online) {
      onlineMillis += Math.max(0, Duration.between(onlineSince, now).toMillis());
      online = false;
      onlineSince = null;
    }
  }

  private void rollTo(LocalDate today) {
    if (!today.equals(dutyDate)) {
      dutyDate = today;
      onlineMillis = 0;
      deliveredCount = 0;
    }
  }

  public void delivered(LocalDate today) {
    rollTo(today);
    deliveredCount++;
  }

  /** An offer was answered by the rider, whatever the answer. */
  public void answered(String offerId) {
    closeOffer(offerId);
    unanswered = 0;
  }

  /**
   * An offer ran out.
   *
   * @return whether the rider is paused now
   */
  public boolean leftUnanswered(String offerId, int allowed, Instant pauseEnd) {
    closeOffer(offerId);
    unanswered++;
    if (unanswered < allowed) {
      return false;
    }
    unanswered = 0;
    pausedUntil = pauseEnd;
    return true;
  }

  /** An offer is open no more, and that is not the rider's doing. */
  public void closeOffer(String offerId) {
    if (offerId.equals(openOfferId)) {
      openOfferId = null;
    }
  }

  public void route(Route changed) {
    route = Json.write(changed.stops());
  }

  public Route route() {
    return new Route(List.of(Json.read(route, PlannedStop[].class)));
  }

  /** A sign of life that is not a ping. */
  public void seen(Instant at) {
    if (lastSeenAt == null || at.isAfter(lastSeenAt)) {
      lastSeenAt = at;
    }
  }

  /**
   * Counts what is in hand anew.
   *
   * @return whether there is more or less than before, so that working hours have to be counted
   */
  boolean holding(List<Job> jobs) {
    loadUnits = jobs.stream().mapToInt(Job::loadUnits).sum();
    boolean changed = heldJobs != jobs.size();
    heldJobs = jobs.size();
    return changed;
  }

  /** How long they have worked, as of the last job that began or ended. */
  public WorkHours hours() {
    return new WorkHours(
        busySince,
        workedUntil,
        streakSince,
        shiftSince,
        workedDay,
        Duration.ofMillis(workedMillis));
  }

  void hours(WorkHours counted) {
    busySince = counted.busySince();
    workedUntil = counted.workedUntil();
    streakSince = counted.streakSince();
    shiftSince = counted.shiftSince();
    workedDay = counted.day();
    workedMillis = counted.closed().toMillis();
  }

  /** What that means now. */
  public Fatigue fatigue(Instant now, Fatigue.Day day, FatigueRules rules) {
    return Fatigue.at(hours(), confirmedDay, now, day, rules);
  }

  /** Whether they said today that they go on. */
  public boolean confirmed(LocalDate today) {
    return today.equals(confirmedDay);
  }

  /** They say that they go on today. */
  void confirm(LocalDate today) {
    confirmedDay = today;
  }

  /** Remembers what is so now, and when to look again. */
  void tired(Fatigue now, Fatigue.Day day, Instant at) {
    fatigueState = now.state();
    boolean leaves = online && heldJobs == 0 && now.state() == FatigueState.DAY_OVER;
    fatigueDue = leaves ? at : now.changesAt(hours(), day);
  }

  /** The state as published. */
  RiderWorkState state(List<Job> held, Fatigue fatigue) {
    return new RiderWorkState(
        new RiderId(riderId),
        new CityId(cityId),
        publishedVersion(),
        online,
        capacityUnits,
        loadUnits,
        held.stream()
            .map(
                job ->
                    new RiderWorkState.HeldJob(
                        new org.shanpai.contracts.JobId(job.id()), job.epoch(), job.status()))
            .toList(),
        route().published(),
        onlineSince,
        pausedUntil,
        new RiderWorkState.Fatigue(
            fatigue.state(),
            fatigue.worked().toSeconds(),
            fatigue.streakSince(),
            fatigue.finishBy(),
            fatigue.offersFrom()));
  }

  /** From 1 upwards: 0 stands for "never heard of". */
  long publishedVersion() {
    return version + 1;
  }

  public String riderId() {
    return riderId;
  }

  /** What an offer's compare-and-set is made with. */
  public long version() {
    return version;
  }

  public boolean active() {
    return active;
  }

  public boolean online() {
    return online;
  }

  /** How they work for the platform. */
  public String pool() {
    return pool;
  }

  /** Whether they are in their first days; who never told when they started is not. */
  public boolean newcomer(LocalDate today, int days) {
    return startedOn != null && today.isBefore(startedOn.plusDays(days));
  }

  /** Offers may not be made before this; null when not paused. */
  public Instant pausedUntil() {
    return pausedUntil;
  }

  public int capacityUnits() {
    return capacityUnits;
  }

  /** What they may carry, grams. */
  public int capacityGrams(int perUnit) {
    return (int) Math.min(Integer.MAX_VALUE, (long) capacityUnits * perUnit);
  }

  public Set<String> equipment() {
    return Set.of(Json.read(equipment, String[].class));
  }

  /** Yesterday's closing level, mp. */
  public int levelMilliPoints() {
    return levelMilliPoints;
  }

  /** Null when none is open. */
  public String openOfferId() {
    return openOfferId;
  }

  /** City time; null when none is set. */
  public Instant dutyEnds() {
    return dutyEnds;
  }

  public Instant lastSeenAt() {
    return lastSeenAt;
  }

  /** Where they last were for certain; null when that was never so. */
  public GeoPoint trustedPlace() {
    return trustedLat == null ? null : new GeoPoint(trustedLat, trustedLon);
  }

  /** When that was; null as above. */
  public Instant trustedAt() {
    return trustedAt;
  }

  /** Where they were for certain at some time after an instant; null when that is not known. */
  public GeoPoint trustedPlaceSince(Instant since) {
    return trustedAt == null || since == null || trustedAt.isBefore(since) ? null : trustedPlace();
  }

  /** How far the last position is believed, 0–100; null when nobody judged it. */
  public Integer trust() {
    return trust;
  }

  /** Null when the phone never said. */
  public Integer batteryPercent() {
    return batteryPercent;
  }

  /** What the control room shows; null when none was told. */
  public String label() {
    return label;
  }

  /** City time; null when offline. */
  public Instant onlineSince() {
    return onlineSince;
  }

  public int deliveredCount() {
    return deliveredCount;
  }

  /** Hours online today. */
  public double onlineHours(Instant now) {
    long running = online ? Math.max(0, Duration.between(onlineSince, now).toMillis()) : 0;
    return (onlineMillis + running) / 3_600_000.0;
  }

  /** Whether offers may be made now, apart from where the rider is. */
  public boolean takesOffers(Instant now) {
    return active
        && online
        && openOfferId == null
        && (pausedUntil == null || !pausedUntil.isAfter(now))
        && (restFrom == null || restFrom.isAfter(now));
  }
}

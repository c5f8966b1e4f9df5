package org.shanpai.dispatch.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.TooTired;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.job.Stranding;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.messaging.Tx;

/** Riders coming online and going offline. Doing what is done already changes nothing. */
@ApplicationScoped
public class Shifts {

  private final Tx tx;
  private final RiderWorks works;
  private final Jobs jobs;
  private final Holding holding;
  private final Answers answers;
  private final Alarm alarm;
  private final City city;
  private final CityClock clock;

  public Shifts(
      Tx tx,
      RiderWorks works,
      Jobs jobs,
      Holding holding,
      Answers answers,
      Alarm alarm,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.works = works;
    this.jobs = jobs;
    this.holding = holding;
    this.answers = answers;
    this.alarm = alarm;
    this.city = city;
    this.clock = clock;
  }

  /**
   * Online from now on.
   *
   * @param place where the rider is; null when unknown
   * @throws Problem 409 {@code rider-unknown} until rider-service's word of the rider has come; 403
   *     when the account is closed; 409 {@code day-limit} for who has worked as long as one may
   */
  public Uni<RiderWorkState> online(String riderId, GeoPoint place) {
    return tx.write(
        () ->
            known(riderId)
                .chain(
                    work -> {
                      if (!work.active()) {
                        throw Problem.forbidden("The account of rider " + riderId + " is closed.");
                      }
                      if (work.online()) {
                        return works.state(riderId);
                      }
                      Fatigue tired = works.fatigue(work);
                      if (tired.state() == FatigueState.DAY_OVER) {
                        TooTired.refuse(tired);
                      }
                      Instant now = clock.now();
                      work.goOnline(now, city.businessDate(now), place);
                      tx.afterCommit(alarm::raiseEverywhere);
                      return works.publish(work);
                    }));
  }

  /**
   * Offline from now on. Offers are withdrawn, jobs not picked up go to others.
   *
   * @throws Problem 409 {@code goods-aboard} while anything is in the box; nothing changes then
   */
  public Uni<RiderWorkState> offline(String riderId) {
    return tx.write(
        () ->
            known(riderId)
                .chain(
                    work -> {
                      if (!work.online()) {
                        return works.state(riderId);
                      }
                      return jobs.heldBy(riderId).chain(held -> leave(work, held));
                    }));
  }

  /** Riders online whose working hours say something else by now. */
  Uni<List<String>> fatigueDue(int limit) {
    return tx.detached(() -> tx.read(() -> works.fatigueDue(clock.now(), limit)));
  }

  /**
   * Looks at a rider's working hours again: tells what changed, and takes whoever has worked as
   * long as one may offline once nothing is in hand.
   *
   * @return whether they were taken offline
   */
  Uni<Boolean> fatigue(String riderId) {
    return tx.write(
        () ->
            works
                .lock(riderId)
                .chain(
                    work -> {
                      if (work == null || !work.online()) {
                        return Uni.createFrom().item(false);
                      }
                      boolean over = works.fatigue(work).state() == FatigueState.DAY_OVER;
                      return jobs.heldBy(riderId)
                          .chain(
                              held ->
                                  over && held.isEmpty()
                                      ? leave(work, held).replaceWith(true)
                                      : works.publish(work).replaceWith(false));
                    }));
  }

  /**
   * The rider says that they go on today. Saying it again changes nothing.
   *
   * @throws Problem 409 {@code too-early} longer before the limit than the rules' lead
   */
  public Uni<RiderWorkState> confirm(String riderId) {
    return tx.write(
        () ->
            known(riderId)
                .chain(
                    work -> {
                      Instant now = clock.now();
                      if (work.confirmed(city.businessDate(now))) {
                        return works.state(riderId);
                      }
                      if (!works.mayConfirm(work)) {
                        throw Problem.conflict(
                            "too-early", "There is nothing to confirm: offers go on as they are.");
                      }
                      work.confirm(city.businessDate(now));
                      tx.afterCommit(alarm::raiseEverywhere);
                      return works.publish(work);
                    }));
  }

  private Uni<RiderWorkState> leave(RiderWork work, List<Job> held) {
    held.stream()
        .filter(Job::aboard)
        .findFirst()
        .ifPresent(
            job -> {
              throw Problem.conflict(
                  "goods-aboard",
                  "Job " + job.id() + " is aboard: deliver or return it before going offline.");
            });
    Uni<Void> loosened =
        work.openOfferId() == null
            ? Uni.createFrom().voidItem()
            : answers.withdraw(work, work.openOfferId(), null, "RIDER_OFFLINE");
    return loosened
        .chain(() -> jobs.lockAll(held.stream().map(Job::id).toList()))
        .chain(
            locked -> {
              boolean worn = works.fatigue(work).state() == FatigueState.DAY_OVER;
              work.goOffline(clock.now());
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Job job : locked) {
                if (worn) {
                  job.decisions()
                      .strand(work.riderId(), job.epoch(), Stranding.FATIGUE_LIMIT, clock.now());
                }
                all = all.chain(() -> holding.takeBack(work, job, "RIDER_OFFLINE", Fault.NONE));
              }
              return all;
            })
        .chain(() -> works.publish(work));
  }

  private Uni<RiderWork> known(String riderId) {
    return works
        .lock(riderId)
        .invoke(
            work -> {
              if (work == null) {
                throw Problem.conflictRetry(
                    "rider-unknown", "Rider " + riderId + " is not known here yet.", 1);
              }
            });
  }
}

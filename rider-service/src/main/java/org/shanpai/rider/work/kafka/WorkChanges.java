package org.shanpai.rider.work.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.work.RiderWork;

/**
 * Every change of a rider's work goes to the rider: jobs in hand, route, online or not. What a
 * phone has to act on comes as a message of its own, too: a route that is another one ({@code
 * route}), and a limit of working time reached or over ({@code fatigue}).
 */
@ApplicationScoped
class WorkChanges implements EventHandler<RiderWorkState> {

  private final RiderWork work;
  private final RiderMessages messages;

  WorkChanges(RiderWork work, RiderMessages messages) {
    this.work = work;
    this.messages = messages;
  }

  @Override
  public EventType<RiderWorkState> type() {
    return EventType.RIDER_WORK_STATE;
  }

  @Override
  public Uni<Void> on(Event<RiderWorkState> event) {
    RiderWorkState state = event.data();
    if (state.riderId() == null) {
      throw new PoisonException("work without a rider");
    }
    String body = Json.write(state);
    String rider = state.riderId().value();
    return work.find(rider)
        .chain(
            before ->
                work.keep(state, body)
                    .chain(() -> work.keepShift(state, event.occurredAt()))
                    .chain(() -> messages.append(rider, "work", body))
                    .chain(() -> tell(rider, before, state)));
  }

  private Uni<Void> tell(String rider, RiderWorkState before, RiderWorkState now) {
    Uni<Void> told = Uni.createFrom().voidItem();
    if (before != null && !stops(before).equals(stops(now))) {
      String route = Json.write(new RouteChange(now.version(), now.route()));
      told = told.chain(() -> messages.append(rider, "route", route));
    }
    RiderWorkState.Fatigue tired = now.fatigue();
    RiderWorkState.Fatigue was = before == null ? null : before.fatigue();
    boolean fitBefore = was == null || was.state() == RiderWorkState.FatigueState.FIT;
    boolean fitNow = tired == null || tired.state() == RiderWorkState.FatigueState.FIT;
    boolean other = tired != null && was != null && tired.state() != was.state();
    if (tired != null && (other || (was == null && !fitNow) || fitBefore != fitNow)) {
      String limit = Json.write(tired);
      told = told.chain(() -> messages.append(rider, "fatigue", limit));
    }
    return told;
  }

  /** Which stops, in which order: times alone are no other route. */
  private static List<String> stops(RiderWorkState work) {
    return work.route() == null
        ? List.of()
        : work.route().stream().map(stop -> stop.kind() + " " + stop.jobId().value()).toList();
  }

  /** A route that is another one. */
  record RouteChange(long version, List<RouteStop> route) {}
}

package org.shanpai.geo.weather;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;

/**
 * Tells in time that an alert has begun or ended. Replicas may do it at once: one finds it done.
 */
@ApplicationScoped
public class WeatherTurn {

  private static final Logger LOG = Logger.getLogger(WeatherTurn.class);

  private final WeatherBoard board;
  private final WeatherRegister register;
  private final Areas areas;
  private final CityClock clock;

  public WeatherTurn(WeatherBoard board, WeatherRegister register, Areas areas, CityClock clock) {
    this.board = board;
    this.register = register;
    this.areas = areas;
    this.clock = clock;
  }

  @Scheduled(
      every = "{shanpai.geo.reload-every}",
      delayed = "{shanpai.geo.reload-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> tick() {
    List<AreaId> due =
        board.due(
            areas.map().all().stream().map(shape -> shape.area().areaId()).toList(), clock.now());
    if (due.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return register
        .settle(due)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("The weather of %s is told later: %s", due, failure);
              return null;
            });
  }
}

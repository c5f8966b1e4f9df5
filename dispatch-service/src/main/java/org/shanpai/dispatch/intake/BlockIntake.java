package org.shanpai.dispatch.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderBlock;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.block.Blocks;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;

/**
 * Takes what riders say of customers. What such a customer has on offer to the rider just now is
 * taken back: that is no decline. What the rider has in hand they carry to its end.
 */
@ApplicationScoped
class BlockIntake implements EventHandler<RiderBlock> {

  private static final Logger LOG = Logger.getLogger(BlockIntake.class);

  /** Why an offer was taken back. */
  private static final String RIDER_WISH = "RIDER_WISH";

  private final Blocks blocks;
  private final Holding holding;
  private final Answers answers;
  private final RiderWorks works;
  private final CityClock clock;

  BlockIntake(Blocks blocks, Holding holding, Answers answers, RiderWorks works, CityClock clock) {
    this.blocks = blocks;
    this.holding = holding;
    this.answers = answers;
    this.works = works;
    this.clock = clock;
  }

  @Override
  public EventType<RiderBlock> type() {
    return EventType.RIDER_BLOCK;
  }

  @Override
  public Uni<Void> on(Event<RiderBlock> event) {
    RiderBlock block = event.data();
    if (block.blockId() == null || block.riderId() == null || block.jobId() == null) {
      throw new PoisonException("rider.block.v1 without block, rider or job");
    }
    LogContext.rider(block.riderId().value());
    Instant now = clock.now();
    if (block.until() == null || !block.until().isAfter(now)) {
      return blocks.lift(block.blockId());
    }
    String rider = block.riderId().value();
    return blocks
        .put(block.blockId(), rider, block.jobId().value(), block.until())
        .chain(
            customer -> {
              if (customer == null) {
                LOG.infof("block %s: its job's customer is not known", block.blockId());
                return Uni.createFrom().voidItem();
              }
              return blocks.offered(rider, customer, now).chain(jobs -> withdraw(jobs, rider));
            });
  }

  private Uni<Void> withdraw(Set<String> jobs, String rider) {
    return jobs.isEmpty()
        ? Uni.createFrom().voidItem()
        : holding
            .lock(jobs.iterator().next())
            .chain(
                held -> {
                  boolean stillOffered =
                      held.job().status() == JobStatus.OFFERED
                          && rider.equals(held.job().riderId());
                  return stillOffered
                      ? answers
                          .withdraw(held.work(), held.job().offerId(), null, RIDER_WISH)
                          .chain(() -> works.publish(held.work()))
                          .replaceWithVoid()
                      : Uni.createFrom().voidItem();
                });
  }
}

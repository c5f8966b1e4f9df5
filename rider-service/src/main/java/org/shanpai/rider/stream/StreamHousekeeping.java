package org.shanpai.rider.stream;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Forgets messages that no phone will ask for any more. */
@ApplicationScoped
class StreamHousekeeping {

  private final RiderMessages messages;
  private final Duration keep;

  StreamHousekeeping(
      RiderMessages messages, @ConfigProperty(name = "shanpai.stream.keep") Duration keep) {
    this.messages = messages;
    this.keep = keep;
  }

  @Scheduled(
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return messages.forgetBefore(keep).replaceWithVoid();
  }
}

package org.shanpai.messaging;

import io.smallrye.mutiny.Uni;
import org.shanpai.contracts.event.EventType;

/**
 * Takes one type of event. Make it an application-scoped bean and name its topic in {@code
 * shanpai.consume}; the inbox does the rest.
 *
 * <p>Runs inside the transaction that marks the event as taken. Duplicates, and states older than
 * one already taken, never arrive. A database outage is retried for ever; any other failure parks
 * the aggregate.
 */
public interface EventHandler<T> {

  EventType<T> type();

  /**
   * @throws PoisonException when the event can never be taken
   */
  Uni<Void> on(Event<T> event);
}

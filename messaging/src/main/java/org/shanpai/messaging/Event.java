package org.shanpai.messaging;

import java.time.Instant;
import java.util.UUID;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.EventType;

/**
 * An event with its envelope.
 *
 * @param key the aggregate's id
 * @param version of the aggregate's state; 0 for facts
 * @param occurredAt city time
 * @param recordedAt wall time
 * @param actor who caused it; null when the platform itself did
 */
public record Event<T>(
    UUID id,
    EventType<T> type,
    CityId cityId,
    String key,
    long version,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String traceparent,
    T data) {}

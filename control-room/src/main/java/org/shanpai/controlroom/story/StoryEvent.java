package org.shanpai.controlroom.story;

import java.time.Instant;

/**
 * A stored event of an order or its job, oldest first.
 *
 * @param doc its data as JSON
 */
public record StoryEvent(
    String eventId,
    String kind,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String doc) {}

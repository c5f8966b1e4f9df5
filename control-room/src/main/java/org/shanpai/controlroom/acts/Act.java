package org.shanpai.controlroom.acts;

import io.vertx.core.http.HttpMethod;

/**
 * Something an operator does to the city through the service that owns the truth.
 *
 * @param kind {@code REASSIGN}, {@code CANCEL}, {@code WEATHER}
 * @param subject the job or area
 * @param reason in the operator's words
 * @param service who decides
 * @param body what it is sent, JSON
 */
public record Act(
    String kind,
    String subject,
    String reason,
    String service,
    HttpMethod method,
    String path,
    String body) {}

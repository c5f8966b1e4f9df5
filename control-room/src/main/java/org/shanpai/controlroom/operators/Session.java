package org.shanpai.controlroom.operators;

import java.time.Duration;

/**
 * A session that has just begun.
 *
 * @param token the bearer token; also the cookie's value
 * @param csrf what a page must repeat in {@code X-Shanpai-Csrf}
 */
public record Session(Operator operator, String token, String csrf, Duration life) {}

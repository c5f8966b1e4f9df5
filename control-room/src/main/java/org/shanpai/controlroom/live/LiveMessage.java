package org.shanpai.controlroom.live;

/**
 * One message on its way to the pages.
 *
 * @param sequence 1 upwards within the life of this process; 0 for a message that is not counted
 * @param id what the page sends back as {@code Last-Event-ID}; null when it must not move
 * @param event {@code delta}, {@code tick} or {@code resync}
 * @param data JSON in one line
 */
public record LiveMessage(long sequence, String id, String event, String data) {}

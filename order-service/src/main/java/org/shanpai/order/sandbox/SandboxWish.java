package org.shanpai.order.sandbox;

/** The life an order shall play, and how fast. */
public record SandboxWish(Play play, Pace pace) {}

package org.shanpai.controlroom.operators;

import java.util.Set;

/**
 * Somebody who works in the control room.
 *
 * @param username 3–32 characters
 * @param roles of viewer, dispatcher, station-manager, manager; at least one
 */
public record Operator(String username, Set<String> roles) {}

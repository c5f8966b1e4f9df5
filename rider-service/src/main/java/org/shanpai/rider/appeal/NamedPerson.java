package org.shanpai.rider.appeal;

import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;

/**
 * Somebody who signed in and answers for what they decide. Only out of a request of theirs can one
 * be made, so no timer, event or other service ever rejects an appeal or upholds a complaint.
 */
public final class NamedPerson {

  private final Appeal.Seat.Kind kind;
  private final String name;

  private NamedPerson(Appeal.Seat.Kind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /**
   * @throws Problem 403 when a service calls, whoever it says it calls for
   */
  public static NamedPerson of(CurrentCaller caller) {
    if (caller.anonymous() || caller.has(Roles.SERVICE)) {
      throw Problem.forbidden("A person has to sign in and decide.");
    }
    return new NamedPerson(
        caller.has(Roles.RIDER) ? Appeal.Seat.Kind.RIDER : Appeal.Seat.Kind.OPERATOR,
        caller.subject());
  }

  Appeal.Seat.Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }
}

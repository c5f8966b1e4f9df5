package org.shanpai.chassis.problem;

/** Knows failures that only mean a server we need is away; callers get 503 and may try again. */
public interface OutageSigns {

  boolean outage(Throwable failure);
}
